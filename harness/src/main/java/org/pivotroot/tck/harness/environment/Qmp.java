package org.pivotroot.tck.harness.environment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * The QEMU machine protocol. QEMU connects to a port that this JVM listens on, so that there is no
 * socket file to leave behind.
 */
final class Qmp implements AutoCloseable {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final long LOOK_AGAIN_NANOS = 5_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ServerSocket listener;
  private Socket socket;
  private BufferedReader in;
  private OutputStream out;

  /** Listens; the machine is then to be started with {@link #options}. */
  Qmp() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    listener.setSoTimeout((int) PATIENCE.toMillis());
  }

  List<String> options() {
    return List.of(
        "-chardev",
        "socket,id=qmp,server=off,host="
            + listener.getInetAddress().getHostAddress()
            + ",port="
            + listener.getLocalPort(),
        "-mon",
        "chardev=qmp,mode=control");
  }

  /** Waits for the machine to connect. */
  void accept() throws IOException {
    socket = listener.accept();
    socket.setSoTimeout((int) PATIENCE.toMillis());
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    out = socket.getOutputStream();
    in.readLine(); // the greeting
    execute("qmp_capabilities", Map.of());
  }

  /**
   * Executes one command.
   *
   * @return what it returned
   * @throws IOException if QEMU refused it, with QEMU's own words
   */
  JsonNode execute(String command, Map<String, ?> arguments) throws IOException {
    byte[] request = JSON.writeValueAsBytes(Map.of("execute", command, "arguments", arguments));
    out.write(request);
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
    throw new IOException("QEMU ended during " + command);
  }

  /** Leaves memory that is shared with its file out of what migrates: the file is its copy. */
  void shareMemory() throws IOException {
    execute(
        "migrate-set-capabilities",
        Map.of("capabilities", List.of(Map.of("capability", "x-ignore-shared", "state", true))));
  }

  /** Waits until the machine's state is written. */
  void awaitMigration() throws IOException {
    String status;
    do {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      status = execute("query-migrate", Map.of()).path("status").asString("none");
    } while (!status.equals("completed") && !status.equals("failed"));
    if (status.equals("failed")) {
      throw new IOException("QEMU could not write the state of the machine");
    }
  }

  /**
   * Waits until a restored machine runs. What is sent to its serial line earlier is overwritten by
   * the state that is being loaded.
   */
  void awaitRunning() throws IOException {
    while (!execute("query-status", Map.of()).path("running").asBoolean(false)) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  @Override
  public void close() throws IOException {
    try (listener) {
      if (socket != null) {
        socket.close();
      }
    }
  }
}
