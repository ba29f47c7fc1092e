package org.pivotroot.tck.images.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.pgpainless.sop.SOPImpl;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;
import sop.SOP;
import sop.enums.InlineSignAs;

/** A signed archive in a folder, served on the loopback address. */
public final class TestArchive implements AutoCloseable {
  private static final SOP PGP = new SOPImpl();
  private static final byte[] KEY = newKey();

  private final Path root;
  private final Map<String, StringBuilder> indices = new TreeMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private byte[] key = KEY;
  private volatile String halved = "";

  /** Serves a folder. */
  public TestArchive(Path root) throws IOException {
    this.root = root;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/debian/", this::serve);
    server.start();
  }

  static byte[] newKey() {
    try {
      return PGP.generateKey().userId("Archive of a test").generate().getBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] certificate(byte[] key) throws IOException {
    return PGP.extractCert().key(key).getBytes();
  }

  /** Puts a package into a suite; {@link #publish} makes it visible. */
  public String add(String suite, String name, String version, byte[] deb) throws IOException {
    String filename = "pool/main/" + name + "_" + version + "_amd64.deb";
    write(filename, deb);
    indices
        .computeIfAbsent(suite, s -> new StringBuilder())
        .append("Package: " + name + "\nVersion: " + version + "\nArchitecture: amd64\n")
        .append("Depends: libc6 (>= 2.36), sh | bash:any (= 5-1)\nProvides: virtual (= 1)\n")
        .append("Filename: " + filename + "\nSize: " + deb.length + "\n")
        .append("SHA256: " + Sha256.of(deb) + "\n\n");
    return filename;
  }

  /** Empties a suite. */
  public void clear(String suite) {
    indices.put(suite, new StringBuilder());
  }

  /** From now on suites are signed with this key. */
  void signWith(byte[] other) {
    key = other;
  }

  /** Writes and signs the index of every suite. */
  public void publish() throws IOException {
    for (String suite : indices.keySet()) {
      publish(suite);
    }
  }

  void publish(String suite) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream xz = new XZOutputStream(packed, new LZMA2Options(0))) {
      xz.write(indices.get(suite).toString().getBytes(UTF_8));
    }
    byte[] index = packed.toByteArray();
    String sha256 = Sha256.of(index);
    String folder = "dists/" + suite + "/";
    write(folder + "main/binary-amd64/Packages.xz", index);
    write(folder + "main/binary-amd64/by-hash/SHA256/" + sha256, index);
    String release =
        "Origin: Debian\nSuite: unstable\nCodename: "
            + suite
            + "\nAcquire-By-Hash: yes\nSHA256:\n "
            + sha256
            + " "
            + index.length
            + " main/binary-amd64/Packages.xz\n";
    write(
        folder + "InRelease",
        PGP.inlineSign()
            .mode(InlineSignAs.clearsigned)
            .key(key)
            .data(release.getBytes(UTF_8))
            .getBytes());
  }

  /** A file of the archive. */
  public Path file(String path) {
    return root.resolve(path);
  }

  private void write(String path, byte[] content) throws IOException {
    Files.createDirectories(file(path).getParent());
    Files.write(file(path), content);
  }

  /** Opens the archive over HTTP. */
  public Archive open(Cache cache) throws IOException {
    return open(
        cache, URI.create("http://localhost:" + server.getAddress().getPort() + "/debian/"));
  }

  Archive open(Cache cache, URI address) throws IOException {
    byte[] certificates = certificate(KEY);
    return new Archive(
        cache,
        new Addresses(address, Optional.of(address)),
        () -> new Keyring("the test's keyring", certificates),
        said::add);
  }

  /** What the reader said. */
  public List<String> said() {
    return Collections.unmodifiableList(said);
  }

  /** Where the reader may say more. */
  public Progress progress() {
    return said::add;
  }

  /** How often a file was asked for. */
  public long requests(String path) {
    return requests.stream().filter(request -> request.endsWith(path)).count();
  }

  /** From now on only half of this file is sent before the connection breaks. */
  void halve(String path) {
    halved = path;
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring("/debian/".length());
    requests.add(path);
    try (exchange) {
      if (!Files.isRegularFile(file(path))) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] content = Files.readAllBytes(file(path));
      exchange.sendResponseHeaders(200, content.length);
      exchange
          .getResponseBody()
          .write(content, 0, path.equals(halved) ? content.length / 2 : content.length);
    }
  }

  /** Stops serving, as if the network were gone. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
