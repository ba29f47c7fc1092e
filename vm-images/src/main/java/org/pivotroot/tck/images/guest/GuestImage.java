package org.pivotroot.tck.images.guest;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.pivotroot.tck.images.archive.Archive;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.archive.CacheException;
import org.pivotroot.tck.images.archive.Manifest;
import org.pivotroot.tck.images.archive.Progress;
import org.pivotroot.tck.images.archive.Sha256;

/**
 * The guest's file system, packed.
 *
 * @param initramfs uncompressed cpio archive for QEMU's -initrd
 * @param containerImage archive for {@code docker load}
 * @param layer SHA-256 of the only layer of the container image, by which Docker says what it has
 *     loaded: of every byte that a guest starts from
 * @param sha256 checksum of the initramfs as it would be without the archive of loaded classes, by
 *     which results name the image: the Java that writes the archive gives the same classes other
 *     addresses when its threads run in another order
 * @param packages the Debian packages in it, version by name
 */
public record GuestImage(
    Path initramfs,
    Path containerImage,
    String layer,
    String sha256,
    SortedMap<String, String> packages) {

  private static final String NAME = "pivot-root-tck/guest";
  private static final int TAG_LENGTH = 12;
  private static final String RUNTIME = "opt/tck/jre";

  /** The image's name for Docker, with its tag. */
  public String tag() {
    return tag(layer);
  }

  /**
   * The files of the container image, unpacked into a directory beside it; anew if they are not
   * what they were then.
   *
   * @param cache the cache that the image is in
   * @throws CacheException if the host does not let them be kept
   */
  public Path rootDirectory(Cache cache) {
    Path home = containerImage.resolveSibling("unpacked");
    Path root = home.resolve(RootDirectory.NAME);
    try {
      return cache.locked(
          home,
          () -> {
            if (Manifest.verified(home).isEmpty()) {
              List<String> files = RootDirectory.files(containerImage);
              cache.make(home, files, made -> RootDirectory.unpack(containerImage, made));
            }
            return root;
          });
    } catch (UncheckedIOException e) {
      throw CacheException.of("cannot unpack the guest image into " + home, e.getCause());
    }
  }

  private static String tag(String layer) {
    return NAME + ":" + layer.substring(0, TAG_LENGTH);
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
   * @throws CacheException if the host does not let it be kept
   */
  public static GuestImage build(
      Cache cache, List<GuestFile> files, List<String> command, byte[] rehearsal) {
    return new Builder(cache, files, command, Node.Content.of(rehearsal.clone())).build();
  }

  /**
   * What {@link #build} would give, if it is in the cache; its files are not looked at.
   *
   * @throws GuestImageException if the JDK cannot link a runtime
   */
  public static Optional<GuestImage> kept(
      Cache cache, List<GuestFile> files, List<String> command, byte[] rehearsal) {
    return new Builder(cache, files, command, Node.Content.of(rehearsal.clone())).kept();
  }

  /** The packages of the userland in the cache, there or not. */
  public static List<Path> packages(Cache cache) {
    return UserlandLock.committed().packages().stream()
        .map(one -> one.filename().replaceFirst(".*/", ""))
        .map(cache.directory().resolve("debs")::resolve)
        .toList();
  }

  private record Builder(
      Cache cache, List<GuestFile> files, List<String> command, Node.Content rehearsal) {
    /** The images, of 150 MB each, that are kept besides those that may be in use. */
    private static final int KEPT = 2;

    /** Longer than any run. */
    private static final Duration IN_USE = Duration.ofMinutes(40);

    private static final String INITRAMFS = "initramfs.cpio";
    private static final String CONTAINER_IMAGE = "container.tar";
    private static final String LAYER = "container.layer";
    private static final String FILES_DIGEST = "files.sha256";
    private static final List<String> FILES =
        List.of(INITRAMFS, CONTAINER_IMAGE, LAYER, FILES_DIGEST);

    /** What it takes to make one: 380 MB at the end. */
    private static final long ROOM = 400L << 20;

    /** Within the folder while it is made. */
    private static final String WORK = "work";

    GuestImage build() {
      try {
        JavaRuntime runtime = JavaRuntime.ofHost();
        UserlandLock locked = UserlandLock.committed();
        Path place = place(runtime, locked);
        Optional<GuestImage> found = cache.locked(place, () -> read(place, locked));
        if (found.isPresent()) {
          return found.get();
        }
        UserlandLock.Fetched fetched = fetch(locked);
        Path actual = place(runtime, fetched.lock());
        removeUnused();
        return cache.locked(actual, () -> sound(runtime, fetched, actual));
      } catch (IOException e) {
        throw unmade(e);
      } catch (UncheckedIOException e) {
        throw unmade(e.getCause());
      }
    }

    Optional<GuestImage> kept() {
      try {
        UserlandLock locked = UserlandLock.committed();
        Path place = place(JavaRuntime.ofHost(), locked);
        return image(place, locked, Manifest.read(place));
      } catch (IOException e) {
        throw unmade(e);
      }
    }

    private CacheException unmade(IOException e) {
      return CacheException.of("cannot make the guest image in " + cache.folder("guest"), e);
    }

    private GuestImage sound(JavaRuntime runtime, UserlandLock.Fetched fetched, Path place)
        throws IOException {
      Optional<GuestImage> found = read(place, fetched.lock());
      if (found.isPresent()) {
        return found.get();
      }
      if (Files.exists(place)) {
        Progress.HOST.say("the guest image in " + place + " is damaged; it is made again");
      }
      make(runtime, fetched, place);
      return read(place, fetched.lock())
          .orElseThrow(
              () ->
                  new GuestImageException(
                      "the guest image in "
                          + place
                          + " is not what was written there a moment ago: this disk cannot be"
                          + " relied on; name another folder with TCK_CACHE or -Dtck.cache=FOLDER"));
    }

    private UserlandLock.Fetched fetch(UserlandLock locked) {
      Archive archive = Archive.ofHost(cache);
      return locked.fetch(archive::fetch, () -> UserlandLock.newest(archive), Progress.HOST);
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

    private void make(JavaRuntime runtime, UserlandLock.Fetched fetched, Path place) {
      cache.make(
          place,
          FILES,
          made -> {
            if (Files.getFileStore(made).getUsableSpace() < ROOM) { // programs say it less clearly
              throw new FileSystemException(made.toString(), null, "No space left on device");
            }
            Path work = Files.createDirectory(made.resolve(WORK));
            runtime.link(work.resolve("jre"));
            Tree tree = tree(work.resolve("jre"), fetched.debs());
            Libraries.check(tree, List.of(RUNTIME + "/lib", RUNTIME + "/lib/server"));
            Files.writeString(made.resolve(FILES_DIGEST), digest(tree), StandardCharsets.UTF_8);
            new SharedClasses(work, command, rehearsal.read()).addTo(tree, Progress.HOST);
            pack(tree, work, made);
            Cache.deleteTree(work);
          });
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

    private static String digest(Tree tree) throws IOException {
      MessageDigest digest = Sha256.digest();
      try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
        Initramfs.write(tree, out);
      }
      return Sha256.hex(digest);
    }

    private void pack(Tree tree, Path work, Path made) throws IOException {
      try (OutputStream out = open(made.resolve(INITRAMFS))) {
        Initramfs.write(tree, out);
      }
      Path layer = work.resolve("layer.tar");
      try (OutputStream out = open(layer)) {
        ContainerImage.writeLayer(tree, out);
      }
      String digest = Sha256.of(layer);
      try (OutputStream out = open(made.resolve(CONTAINER_IMAGE))) {
        ContainerImage.write(layer, digest, tag(digest), command, out);
      }
      Files.writeString(made.resolve(LAYER), digest, StandardCharsets.UTF_8);
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
            found
                .filter(place -> !place.getFileName().toString().startsWith("."))
                .sorted(Comparator.comparing(Builder::lastUsed).reversed())
                .skip(KEPT)
                .toList();
      }
      for (Path place : places) {
        cache.locked(
            place,
            () -> {
              if (lastUsed(place).compareTo(limit) < 0) {
                Cache.deleteTree(place);
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

    /** The image at a place, if each of its files is what was written there. */
    private static Optional<GuestImage> read(Path place, UserlandLock lock) throws IOException {
      Optional<Manifest> manifest = Manifest.verified(place);
      if (manifest.isPresent()) {
        Files.setLastModifiedTime(place, FileTime.from(Instant.now()));
      }
      return image(place, lock, manifest);
    }

    private static Optional<GuestImage> image(
        Path place, UserlandLock lock, Optional<Manifest> manifest) throws IOException {
      if (manifest.isEmpty()) {
        return Optional.empty();
      }
      SortedMap<String, String> packages = new TreeMap<>();
      lock.packages().forEach(one -> packages.put(one.name(), one.version()));
      return Optional.of(
          new GuestImage(
              place.resolve(INITRAMFS),
              place.resolve(CONTAINER_IMAGE),
              Files.readString(place.resolve(LAYER), StandardCharsets.UTF_8),
              Files.readString(place.resolve(FILES_DIGEST), StandardCharsets.UTF_8),
              packages));
    }
  }
}
