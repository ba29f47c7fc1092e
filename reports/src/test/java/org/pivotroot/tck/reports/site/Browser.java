package org.pivotroot.tck.reports.site;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium, driven by its DevTools protocol, with one page open. */
final class Browser implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ANNOUNCEMENT = "DevTools listening on ";
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private CompletableFuture<Void> drained;
  private final WebSocket socket;
  private final String session;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final LinkedBlockingQueue<JsonNode> loads = new LinkedBlockingQueue<>();

  /** Errors of the console, uncaught exceptions, and requests to anything but files. */
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  /** Starts the browser with a profile of its own. */
  Browser(Path profile) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                "chromium",
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true);
    builder.environment().put("TMPDIR", profile.getParent().toString());
    process = builder.start();
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address()), new Listener())
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    JsonNode target = ask("", "Target.createTarget", Map.of("url", "about:blank"));
    session =
        ask(
                "",
                "Target.attachToTarget",
                Map.of("targetId", target.get("targetId").asString(), "flatten", true))
            .get("sessionId")
            .asString();
    for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
      ask(domain + ".enable", Map.of());
    }
  }

  private String address() throws IOException {
    BufferedReader output = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      if (line.startsWith(ANNOUNCEMENT)) {
        drained = CompletableFuture.runAsync(() -> output.lines().forEach(rest -> {}));
        return line.substring(ANNOUNCEMENT.length());
      }
    }
    throw new IOException("chromium did not start: " + said);
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        JsonNode message = JSON.readTree(text.toString());
        text.setLength(0);
        receive(message);
      }
      from.request(1);
      return null;
    }
  }

  private void receive(JsonNode message) {
    if (message.has("id")) {
      asked.remove(message.get("id").asInt()).complete(message);
      return;
    }
    JsonNode params = message.get("params");
    switch (message.path("method").asString("")) {
      case "Page.loadEventFired" -> loads.add(params);
      case "Runtime.exceptionThrown" -> complaints.add(params.toString());
      case "Log.entryAdded" -> {
        if (params.get("entry").get("level").asString().equals("error")) {
          complaints.add(params.toString());
        }
      }
      case "Runtime.consoleAPICalled" -> {
        if (params.get("type").asString().equals("error")) {
          complaints.add(params.toString());
        }
      }
      case "Network.requestWillBeSent" -> {
        String url = params.get("request").get("url").asString();
        if (!url.startsWith("file:") && !url.startsWith("data:")) {
          complaints.add("request to " + url);
        }
      }
      default -> {
        // Other events are of no interest here.
      }
    }
  }

  private JsonNode ask(String method, Map<String, Object> params) throws Exception {
    return ask(session, method, params);
  }

  private JsonNode ask(String to, String method, Map<String, Object> params) throws Exception {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(id, answer);
    Map<String, Object> message = new HashMap<>();
    message.putAll(Map.of("id", id, "method", method, "params", params));
    if (!to.isEmpty()) {
      message.put("sessionId", to);
    }
    socket.sendText(JSON.writeValueAsString(message), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    JsonNode whole = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (whole.has("error")) {
      throw new IOException(method + ": " + whole.get("error"));
    }
    return whole.get("result");
  }

  /** Opens a page and waits for its load event. */
  void open(URI page) throws Exception {
    // A page that differs only behind the # would not be loaded again.
    load("about:blank");
    load(page.toString());
  }

  private void load(String url) throws Exception {
    loads.clear();
    ask("Page.navigate", Map.of("url", url));
    awaitLoad();
  }

  /** Waits for the load event of a page that something else has opened. */
  void awaitLoad() throws Exception {
    if (loads.poll(PATIENCE_SECONDS, TimeUnit.SECONDS) == null) {
      throw new IOException("the page was not loaded within " + PATIENCE_SECONDS + " s");
    }
  }

  /** The value of a JavaScript expression; a promise's when it is fulfilled. */
  JsonNode evaluate(String expression) throws Exception {
    JsonNode result =
        ask(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IOException(expression + ": " + result.get("exceptionDetails"));
    }
    return result.get("result").path("value");
  }

  /** Presses and releases a key. */
  void press(String key, int code) throws Exception {
    String text = key.equals("Enter") ? "\r" : "";
    ask(
        "Input.dispatchKeyEvent",
        Map.of(
            "type", text.isEmpty() ? "rawKeyDown" : "keyDown",
            "key", key,
            "code", key,
            "windowsVirtualKeyCode", code,
            "text", text));
    ask(
        "Input.dispatchKeyEvent",
        Map.of("type", "keyUp", "key", key, "code", key, "windowsVirtualKeyCode", code));
  }

  /** Sets width in pixels and colour scheme. */
  void appear(int width, String scheme) throws Exception {
    ask(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", width < 600));
    ask(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** What was complained of since the last call. */
  List<String> complaints() {
    List<String> all = List.copyOf(complaints);
    complaints.clear();
    return all;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
    // All its processes have that output: when it ends, none is left that writes to the profile.
    drained.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }
}
