package org.pivotroot.tck.harness.environment;

import com.sun.jna.Native;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.pivotroot.tck.harness.agent.Agent;
import org.pivotroot.tck.harness.wire.Channel;
import org.pivotroot.tck.harness.wire.Frame;
import org.pivotroot.tck.harness.wire.NativeArgument;
import org.pivotroot.tck.harness.wire.NativeCall;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.images.guest.GuestFile;

/** The agent and what it needs, as files for the guest image. */
final class GuestProgram {
  private static final String LIBRARY = "com/sun/jna/linux-x86-64/libjnidispatch.so";

  private GuestProgram() {}

  /** The agent's and JNA's classes and JNA's native library, taken from the class path. */
  static List<GuestFile> files() {
    return List.of(
        new GuestFile("/opt/tck/lib/agent.jar", jar(Agent.class, Channel.class)),
        new GuestFile("/opt/tck/lib/jna.jar", jar(Native.class)),
        new GuestFile("/opt/tck/lib/libjnidispatch.so", resource(LIBRARY)));
  }

  /**
   * Requests that make an agent load what every claim needs. None of them does anything to the host
   * that the image is made on.
   */
  static byte[] rehearsal() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    NativeCall getcwd =
        NativeCall.syscall(
            List.of(
                new NativeArgument.Word(79),
                new NativeArgument.Memory(new byte[256]),
                new NativeArgument.Word(256)));
    Channel channel = new Channel(InputStream.nullInputStream(), bytes);
    int exchange = Channel.FIRST;
    try {
      for (Request request :
          List.of(
              new Request.Greet(),
              new Request.Start("S", "", true),
              new Request.Invoke("S", List.of(getcwd)),
              new Request.Read("S", "/proc/self/status"),
              new Request.Survey(List.of("S")),
              new Request.Clear(List.of()))) {
        channel.write(new Frame(exchange++, request));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The packages of these classes and those below them; the same bytes for the same classes. */
  static byte[] jar(Class<?>... packages) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
      jar.setLevel(0); // what is packed small must be unpacked in the guest, which is slow
      for (Class<?> one : packages) {
        addPackage(jar, one);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void addPackage(ZipOutputStream jar, Class<?> one) throws IOException {
    Path source = ClassFiles.rootOf(one);
    if (Files.isDirectory(source)) {
      addClasses(jar, source, one);
      return;
    }
    try (FileSystem inside = FileSystems.newFileSystem(source)) {
      addClasses(jar, inside.getPath("/"), one);
    }
  }

  private static void addClasses(ZipOutputStream jar, Path root, Class<?> one) throws IOException {
    String folder = one.getPackageName().replace('.', '/');
    try (Stream<Path> files = Files.walk(root.resolve(folder))) {
      List<Path> classes =
          files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
      for (Path file : classes) {
        ZipEntry entry = new ZipEntry(root.relativize(file).toString());
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        jar.putNextEntry(entry);
        jar.write(Files.readAllBytes(file));
        jar.closeEntry();
      }
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = Native.class.getClassLoader().getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
