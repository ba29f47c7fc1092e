package org.pivotroot.tck.images.archive;

import static java.util.stream.Collectors.toSet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Debian archive of which nothing is believed that its signature does not cover: the keyring
 * vouches for a suite's InRelease, that for the package index, and that for a package.
 */
public final class Archive {
  private static final String INDEX = "main/binary-amd64/Packages.xz";
  private static final Pattern CHECKSUM =
      Pattern.compile("^ ([0-9a-f]{64}) +(\\d+) " + Pattern.quote(INDEX) + "$", Pattern.MULTILINE);
  private static final Pattern NAMES =
      Pattern.compile("^(?:Suite|Codename): (\\S+)$", Pattern.MULTILINE);
  private static final int LARGEST_RELEASE = 16 << 20;

  /** Suites that outlive the others, to get newer keys through. */
  private static final List<String> KEY_SUITES =
      List.of("bullseye", "bookworm", "trixie", "forky", "sid");

  /** Gives the text within a clear-signed message if its signature is good. */
  private interface Check extends Function<byte[], Optional<byte[]>> {}

  private final Cache cache;
  private final Addresses addresses;
  private final Progress progress;
  private final Connection connection;
  private final Map<String, PackageIndex> indices = new HashMap<>();
  private Keyring keyring;

  Archive(Cache cache, Addresses addresses, Progress progress) {
    this.cache = cache;
    this.addresses = addresses;
    this.progress = progress;
    this.connection = new Connection(progress);
    cache.removeLeftovers();
  }

  /**
   * The archive that the host's apt configuration or the property tck.archive names. Nothing is
   * fetched yet.
   *
   * @throws ArchiveException if neither names one
   */
  public static Archive ofHost(Cache cache) {
    return ofHost(cache, Progress.STDERR);
  }

  /**
   * Like {@link #ofHost(Cache)}, telling somebody else what is being fetched.
   *
   * @throws ArchiveException if neither apt nor the property names an archive
   */
  public static Archive ofHost(Cache cache, Progress progress) {
    return new Archive(cache, Addresses.ofHost(), progress);
  }

  /** Where this archive keeps what it got. */
  public Cache cache() {
    return cache;
  }

  /**
   * The verified index of a suite such as {@code sid} or {@code bookworm-security}. Without a
   * network it is the one that was got last.
   *
   * @throws ArchiveException if it cannot be got, or its signature or checksum is wrong
   */
  public synchronized PackageIndex index(String suite) {
    PackageIndex known = indices.get(suite);
    if (known == null) {
      known = readIndex(suite, this::verifiedByHostOrNewerKeys);
      indices.put(suite, known);
    }
    return known;
  }

  /**
   * A package, from the cache or else from the archive, its checksum verified in both cases.
   *
   * @return the .deb in the cache
   * @throws ArchiveException if it cannot be got; {@link ArchiveException#absent()} if the archive
   *     no longer has it
   */
  public Path fetch(ArchivePackage wanted) {
    return obtain(
        name(wanted),
        deb(wanted),
        addresses.of(wanted.suite()),
        wanted.filename(),
        wanted.size(),
        wanted.sha256());
  }

  /** Removes a package from the cache, once what was wanted of it is kept elsewhere. */
  public void forget(ArchivePackage fetched) {
    Path deb = deb(fetched);
    var unused = cache.locked(deb, () -> Files.deleteIfExists(deb));
  }

  private Path deb(ArchivePackage wanted) {
    return cache.folder("debs").resolve(name(wanted));
  }

  private static String name(ArchivePackage wanted) {
    return wanted.filename().replaceFirst(".*/", "");
  }

  private Path obtain(String name, Path target, URI base, String path, long size, String sha256) {
    URI address = base.resolve(path);
    return cache.obtain(
        target,
        size,
        sha256,
        out -> {
          try {
            connection.fetch(address, name, size, out);
          } catch (IOException e) {
            throw unavailable(path, base, e);
          }
        },
        progress);
  }

  /** Release and index change together, so nobody else may change them meanwhile. */
  private PackageIndex readIndex(String suite, Check check) {
    Path folder = cache.folder("indices").resolve(suite);
    return cache.locked(folder, () -> readIndex(suite, check, folder));
  }

  private PackageIndex readIndex(String suite, Check check, Path folder) throws IOException {
    String path = "dists/" + suite + "/InRelease";
    Path kept = folder.resolve("InRelease");
    byte[] signed = release(suite, path, kept);
    String release =
        new String(
            check.apply(signed).orElseThrow(() -> unsigned(path, host().name())),
            StandardCharsets.UTF_8);
    Matcher listed = CHECKSUM.matcher(release);
    if (!nameIn(release).contains(suite) || !listed.find()) {
      throw new ArchiveException(
          path
              + " is signed but not that of "
              + suite
              + " with an index "
              + INDEX
              + ": name a mirror of Debian with -Dtck.archive=ADDRESS");
    }
    String sha256 = listed.group(1);
    Path index =
        obtain(
            "the package index of " + suite,
            folder.resolve("Packages-" + sha256 + ".xz"),
            addresses.of(suite),
            "dists/"
                + suite
                + "/"
                + (release.contains("\nAcquire-By-Hash: yes")
                    ? "main/binary-amd64/by-hash/SHA256/" + sha256
                    : INDEX),
            Long.parseLong(listed.group(2)),
            sha256);
    cache.write(kept, out -> out.write(signed));
    removeOthers(folder, Set.of(kept, index));
    try (InputStream in = Files.newInputStream(index)) {
      return PackageIndex.parse(suite, in);
    }
  }

  private static Set<String> nameIn(String release) {
    return NAMES.matcher(release).results().map(name -> name.group(1)).collect(toSet());
  }

  private static void removeOthers(Path folder, Set<Path> files) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path other : all.filter(file -> !files.contains(file)).toList()) {
        Files.delete(other);
      }
    }
  }

  private byte[] release(String suite, String path, Path kept) throws IOException {
    URI base = addresses.of(suite);
    try {
      return connection.fetch(base.resolve(path), LARGEST_RELEASE);
    } catch (IOException e) {
      if (e instanceof Connection.AbsentException || !Files.exists(kept)) {
        throw unavailable(path, base, e);
      }
      progress.say(
          path + " cannot be got (" + reason(e) + "): the copy in the cache is used instead");
      return Files.readAllBytes(kept);
    }
  }

  private static ArchiveException unsigned(String path, String keys) {
    return new ArchiveException(
        path
            + " has no good signature by a key of "
            + keys
            + ", nor by newer ones that those keys vouch for: either it was changed on its way"
            + " (take another mirror with -Dtck.archive=ADDRESS) or the keys are too old (update"
            + " the package "
            + Keyring.PACKAGE
            + ", or name a keyring with -Dtck.keyring=FILE)");
  }

  private static ArchiveException unavailable(String path, URI base, IOException e) {
    String host =
        base.getHost() == null ? base.getPath() : base.getHost() + " (from apt or -Dtck.archive)";
    if (e instanceof Connection.AbsentException) {
      return ArchiveException.absent(
          path
              + " is not at "
              + host
              + " ("
              + reason(e)
              + "): a newer version may have taken its place; if nothing of Debian is there, name"
              + " another mirror with -Dtck.archive=ADDRESS");
    }
    return new ArchiveException(
        "cannot get "
            + path
            + " from "
            + host
            + ": "
            + reason(e)
            + ". Check the network, or name another mirror with -Dtck.archive=ADDRESS; what is"
            + " once in the cache needs no network",
        e);
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private Keyring host() {
    if (keyring == null) {
      keyring = Keyring.ofHost();
    }
    return keyring;
  }

  private Optional<byte[]> verifiedByHostOrNewerKeys(byte[] signed) {
    return host().verified(signed).or(() -> newerKeys().flatMap(newer -> newer.verified(signed)));
  }

  /** The newest keyring package that the host's own keys vouch for. */
  private Optional<Keyring> newerKeys() {
    return KEY_SUITES.stream()
        .flatMap(suite -> keyPackage(suite).stream())
        .max(Comparator.comparing(found -> DebianVersion.of(found.version())))
        .map(
            found -> {
              progress.say(
                  host().name()
                      + " has no key that signed this suite: trying those of "
                      + found.name()
                      + " "
                      + found.version()
                      + " from "
                      + found.suite()
                      + ", which it vouches for");
              return keysWithin(found);
            });
  }

  private Optional<ArchivePackage> keyPackage(String suite) {
    try {
      return readIndex(suite, host()::verified).newest(Keyring.PACKAGE);
    } catch (ArchiveException e) {
      progress.say("no newer keys through " + suite + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private Keyring keysWithin(ArchivePackage found) {
    Path deb = fetch(found);
    ByteArrayOutputStream keys = new ByteArrayOutputStream();
    try {
      Deb.forEach(
          deb,
          (entry, content) -> {
            if (entry.isFile()
                && entry.getName().matches("(\\./)?" + Keyring.WITHIN_PACKAGE + "(gpg|pgp)")) {
              content.transferTo(keys);
            }
          });
    } catch (IOException e) {
      throw new ArchiveException("cannot read " + deb + ": " + reason(e), e);
    }
    return new Keyring(found.name() + " " + found.version(), keys.toByteArray());
  }
}
