package org.pivotroot.tck.images.guest;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.pivotroot.tck.images.archive.Archive;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.archive.Progress;
import org.pivotroot.tck.images.archive.Sha256;
import tools.jackson.databind.json.JsonMapper;

/**
 * The guest's file system, packed.
 *
 * @param initramfs uncompressed cpio archive for QEMU's -initrd
 * @param containerImage archive for {@code docker load}
 * @param sha256 checksum of the initramfs, by which results name the image
 * @param packages the Debian packages in it, version by name
 */
public record GuestImage(
    Path initramfs, Path containerImage, String sha256, SortedMap<String, String> packages) {

  private static final String NAME = "pivot-root-tck/guest";
  private static final int TAG_LENGTH = 12;
  private static final String RUNTIME = "opt/tck/jre";
  private static final JsonMapper JSON = new JsonMapper();

  /** The image's name for Docker, with its tag. */
  public String tag() {
    return tag(sha256);
  }

  /**
   * The files of the container image, unpacked once into a directory beside it.
   *
   * @param cache the cache that the image is in
   */
  public Path rootDirectory(Cache cache) {
    Path directory = containerImage.resolveSibling("root");
    return cache.locked(
        directory,
        () -> {
          if (!Files.exists(directory)) {
            Path unpacked = Files.createTempDirectory(containerImage.getParent(), ".root");
            RootDirectory.unpack(containerImage, unpacked);
            Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(unpacked, directory, StandardCopyOption.ATOMIC_MOVE);
          }
          return directory;
        });
  }

  private static String tag(String sha256) {
    return NAME + ":" + sha256.substring(0, TAG_LENGTH);
  }

  /**
   * The image of the host's JDK, the locked userland and the given files; made if it is not in the
   * cache. Several runs may ask for it at once.
   *
   * @param cache where packages and images are kept
   * @param files what is to be in the image beside the runtime (in /opt/tck/jre) and the userland
   * @param command what init runs in a virtual machine, and the entrypoint of the container: java,
   *     its options, -cp and its main class
   * @param rehearsal standard input for the command while it is watched, on the host, which classes
   *     it loads, so that it starts faster in the guest: it must end at the end of its input
   * @throws GuestImageException if the JDK cannot link a runtime, or the userland is not whole
   * @throws org.pivotroot.tck.images.archive.ArchiveException if a package cannot be got
   */
  public static GuestImage build(
      Cache cache, List<GuestFile> files, List<String> command, byte[] rehearsal) {
    return new Builder(cache, files, command, Node.Content.of(rehearsal.clone())).build();
  }

  private record Description(String sha256, SortedMap<String, String> packages) {}

  private record Builder(
      Cache cache, List<GuestFile> files, List<String> command, Node.Content rehearsal) {
    /** The images, of 150 MB each, that are kept besides those that may be in use. */
    private static final int KEPT = 2;

    /** Longer than any run. */
    private static final Duration IN_USE = Duration.ofMinutes(40);

    private static final String INITRAMFS = "initramfs.cpio";
    private static final String CONTAINER_IMAGE = "container.tar";
    private static final String DESCRIPTION = "image.json";

    GuestImage build() {
      try {
        JavaRuntime runtime = JavaRuntime.ofHost();
        UserlandLock locked = UserlandLock.committed();
        Path place = place(runtime, locked);
        if (Files.exists(place)) {
          return read(place);
        }
        UserlandLock.Fetched fetched = fetch(locked);
        Path actual = place(runtime, fetched.lock());
        removeUnused();
        return cache.locked(
            actual,
            () -> {
              if (!Files.exists(actual)) {
                make(runtime, fetched, actual);
              }
              return read(actual);
            });
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private UserlandLock.Fetched fetch(UserlandLock locked) {
      Archive archive = Archive.ofHost(cache);
      return locked.fetch(archive::fetch, () -> UserlandLock.newest(archive), Progress.STDERR);
    }

    private Path place(JavaRuntime runtime, UserlandLock lock) throws IOException {
      Inputs inputs = new Inputs();
      runtime.describe(inputs);
      lock.packages().forEach(one -> inputs.add("package " + one.name(), one.sha256()));
      files.forEach(file -> inputs.add("file " + file.path(), file.content()));
      command.forEach(word -> inputs.add("word", word));
      inputs.add("rehearsal", rehearsal.read());
      addThisPackage(inputs);
      return cache.folder("guest").resolve(inputs.key());
    }

    /** The code that makes the image is an input too. */
    private static void addThisPackage(Inputs inputs) throws IOException {
      Path code;
      try {
        code =
            Path.of(GuestImage.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      }
      if (Files.isRegularFile(code)) {
        inputs.add("code", Sha256.of(code));
        return;
      }
      String folder = GuestImage.class.getPackageName().replace('.', '/');
      try (Stream<Path> classes = Files.list(code.resolve(folder))) {
        for (Path each : (Iterable<Path>) classes.sorted()::iterator) {
          inputs.add("code " + each.getFileName(), Files.readAllBytes(each));
        }
      }
    }

    private void make(JavaRuntime runtime, UserlandLock.Fetched fetched, Path place)
        throws IOException {
      Path work = Files.createTempDirectory("pivot-root-tck-guest");
      Path made = place.resolveSibling("." + place.getFileName());
      try {
        delete(made);
        Files.createDirectory(made);
        runtime.link(work.resolve("jre"));
        Tree tree = tree(work.resolve("jre"), fetched.debs());
        Libraries.check(tree, List.of(RUNTIME + "/lib", RUNTIME + "/lib/server"));
        new SharedClasses(work, command, rehearsal.read()).addTo(tree, Progress.STDERR);
        pack(tree, work, made, fetched.lock());
        Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        delete(work);
        delete(made);
      }
    }

    private Tree tree(Path jre, List<Path> debs) throws IOException {
      Tree tree = new Tree();
      Userland.lay(tree);
      for (Path deb : debs) {
        Userland.unpack(deb, tree);
      }
      tree.putAll(RUNTIME, jre);
      for (GuestFile file : files) {
        tree.put(file.path(), new Node.File(0644, Node.Content.of(file.content())));
      }
      tree.put("init", new Node.File(0755, Node.Content.of(Init.script(command))));
      return tree;
    }

    private void pack(Tree tree, Path work, Path made, UserlandLock lock) throws IOException {
      Path initramfs = made.resolve(INITRAMFS);
      try (OutputStream out = open(initramfs)) {
        Initramfs.write(tree, out);
      }
      String sha256 = Sha256.of(initramfs);
      Path layer = work.resolve("layer.tar");
      try (OutputStream out = open(layer)) {
        ContainerImage.writeLayer(tree, out);
      }
      try (OutputStream out = open(made.resolve(CONTAINER_IMAGE))) {
        ContainerImage.write(layer, Sha256.of(layer), tag(sha256), command, out);
      }
      SortedMap<String, String> packages = new TreeMap<>();
      lock.packages().forEach(one -> packages.put(one.name(), one.version()));
      Files.writeString(
          made.resolve(DESCRIPTION),
          JSON.writeValueAsString(new Description(sha256, packages)),
          StandardCharsets.UTF_8);
    }

    private static OutputStream open(Path file) throws IOException {
      return new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
    }

    /** Removes all but the images that were used last: every change of an input leaves one. */
    private void removeUnused() throws IOException {
      FileTime limit = FileTime.from(Instant.now().minus(IN_USE));
      List<Path> places;
      try (Stream<Path> found = Files.list(cache.folder("guest"))) {
        places =
            found.sorted(Comparator.comparing(Builder::lastUsed).reversed()).skip(KEPT).toList();
      }
      for (Path place : places) {
        cache.locked(
            place.resolveSibling(place.getFileName().toString().replaceFirst("^\\.", "")),
            () -> {
              if (Files.exists(place) && lastUsed(place).compareTo(limit) < 0) {
                delete(place);
              }
              return place;
            });
      }
    }

    private static FileTime lastUsed(Path place) {
      try {
        return Files.getLastModifiedTime(place);
      } catch (IOException e) {
        return FileTime.fromMillis(0); // another run has removed it
      }
    }

    private static GuestImage read(Path place) throws IOException {
      Files.setLastModifiedTime(place, FileTime.from(Instant.now()));
      try (InputStream in = Files.newInputStream(place.resolve(DESCRIPTION))) {
        Description description = JSON.readValue(in, Description.class);
        return new GuestImage(
            place.resolve(INITRAMFS),
            place.resolve(CONTAINER_IMAGE),
            description.sha256(),
            description.packages());
      }
    }

    private static void delete(Path directory) throws IOException {
      if (!Files.exists(directory)) {
        return;
      }
      try (Stream<Path> files = Files.walk(directory)) {
        List<Path> deepestFirst = new ArrayList<>(files.sorted(Comparator.reverseOrder()).toList());
        for (Path each : deepestFirst) {
          Files.delete(each);
        }
      }
    }
  }
}
