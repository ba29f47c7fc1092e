package org.pivotroot.tck.harness.environment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * The QEMU machine protocol. QEMU connects to a socket that this JVM listens on. Nothing is waited
 * for longer than the patience, nor when QEMU has ended.
 */
final class Qmp implements AutoCloseable {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final long LOOK_AGAIN_NANOS = 5_000_000;
  private static final String MONITOR = "monitor";
  private static final String STATE = "state";

  /** It has 320 kB. */
  private static final int LARGEST_STATE = 16 << 20;

  private final Duration patience;
  private final SocketFolder folder;
  private final ServerSocketChannel listener;
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private volatile boolean hungUp;
  private CompletableFuture<Void> end = CompletableFuture.completedFuture(null);
  private BufferedReader in;
  private OutputStream out;

  /** Listens; the machine is then to be started with what {@link #addTo} adds. */
  Qmp(Confinement confinement, Duration patience) throws IOException {
    this.patience = patience;
    folder = new SocketFolder(confinement);
    listener = track(folder.listen(MONITOR));
  }

  void addTo(QemuOptions options) {
    options.startIn(folder.path());
    options.add("-chardev", "socket,id=qmp,server=off,path=" + MONITOR);
    options.add("-mon", "chardev=qmp,mode=control");
  }

  private interface Conversation<T> {
    T hold() throws IOException;
  }

  private <T> T within(String what, Conversation<T> conversation) throws IOException {
    try (Alarm alarm = Alarm.after(patience, this::hangUp)) {
      try {
        return conversation.hold();
      } catch (ClosedChannelException e) {
        throw new IOException(
            "QEMU "
                + (alarm.rang() ? "did not " : "ended before it could ")
                + what
                + (alarm.rang() ? " within " + patience.toSeconds() + " s" : ""),
            e);
      }
    }
  }

  private <T extends Channel> T track(T channel) throws IOException {
    open.add(channel);
    if (hungUp) {
      channel.close();
    }
    return channel;
  }

  private void hangUp() {
    hungUp = true;
    for (Channel channel : open) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new IllegalStateException("a socket cannot be closed", e);
      }
    }
  }

  /** Waits for the machine to connect. */
  void accept(HostProcess machine) throws IOException {
    end = machine.end().thenRun(this::hangUp);
    within(
        "connect to its monitor",
        () -> {
          SocketChannel socket = track(listener.accept());
          in =
              new BufferedReader(
                  new InputStreamReader(Channels.newInputStream(socket), StandardCharsets.UTF_8));
          out = Channels.newOutputStream(socket);
          in.readLine(); // the greeting
          return send("qmp_capabilities", Map.of());
        });
  }

  /**
   * Executes one command.
   *
   * @return what it returned
   * @throws IOException if QEMU refused it, with QEMU's own words
   */
  private JsonNode send(String command, Map<String, ?> arguments) throws IOException {
    out.write(JSON.writeValueAsBytes(Map.of("execute", command, "arguments", arguments)));
    out.write('\n');
    out.flush();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode answer = JSON.readTree(line);
      if (answer.has("error")) {
        throw new IOException(
            "QEMU refused " + command + ": " + answer.get("error").get("desc").asString());
      }
      if (answer.has("return")) {
        return answer.get("return");
      }
    }
    throw new ClosedChannelException();
  }

  /** Leaves memory that is shared with its file out of what migrates: the file is its copy. */
  private void shareMemory() throws IOException {
    send(
        "migrate-set-capabilities",
        Map.of("capabilities", List.of(Map.of("capability", "x-ignore-shared", "state", true))));
  }

  /** Stops the machine and has it give the state of its devices. */
  byte[] save() throws IOException {
    return within(
        "give the state of the machine",
        () -> {
          shareMemory();
          byte[] state;
          try (ServerSocketChannel ear = track(folder.listen(STATE))) {
            send("migrate", Map.of("uri", "unix:" + STATE));
            try (SocketChannel from = track(ear.accept());
                InputStream bytes = Channels.newInputStream(from)) {
              state = bytes.readNBytes(LARGEST_STATE);
            }
          }
          awaitSaved();
          return state;
        });
  }

  private void awaitSaved() throws IOException {
    String status;
    do {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      status = send("query-migrate", Map.of()).path("status").asString("none");
    } while (!status.equals("completed") && !status.equals("failed"));
    if (status.equals("failed")) {
      throw new IOException("QEMU could not give the state of the machine");
    }
  }

  /**
   * Gives a machine that waits for it the state of its devices, and waits until it runs. What is
   * sent to its serial line earlier is overwritten by the state that is being loaded.
   */
  void load(Path state) throws IOException {
    within(
        "take the state of the machine",
        () -> {
          shareMemory();
          send("migrate-incoming", Map.of("uri", "unix:" + STATE));
          try (SocketChannel to =
                  track(SocketChannel.open(UnixDomainSocketAddress.of(folder.socket(STATE))));
              OutputStream bytes = Channels.newOutputStream(to)) {
            Files.copy(state, bytes);
          }
          while (!send("query-status", Map.of()).path("running").asBoolean(false)) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
          }
          return null;
        });
  }

  @Override
  public void close() throws IOException {
    try (folder) {
      end.cancel(false);
      hangUp();
    }
  }
}
