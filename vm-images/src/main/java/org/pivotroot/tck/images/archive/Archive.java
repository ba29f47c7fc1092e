package org.pivotroot.tck.images.archive;

import static java.util.stream.Collectors.toSet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

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
  private static final JsonMapper JSON = JsonMapper.shared();

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
  private final Map<String, Path> verifiedIndices = new HashMap<>();
  private final Supplier<Keyring> keyring;
  private Keyring hostKeys;
  private Optional<Keyring> newerKeys;

  Archive(Cache cache, Addresses addresses, Supplier<Keyring> keyring, Progress progress) {
    this.cache = cache;
    this.addresses = addresses;
    this.keyring = keyring;
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
    return ofHost(cache, Progress.HOST);
  }

  /**
   * Like {@link #ofHost(Cache)}, telling somebody else what is being fetched.
   *
   * @throws ArchiveException if neither apt nor the property names an archive
   */
  public static Archive ofHost(Cache cache, Progress progress) {
    return new Archive(cache, Addresses.ofHost(), Keyring::ofHost, progress);
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
   * The packages of a suite whose whole names match, see {@link #index}. They are picked from an
   * index once and kept beside it, as to read one takes seconds.
   *
   * @throws ArchiveException as of {@link #index}
   */
  public synchronized List<ArchivePackage> named(String suite, Pattern names) {
    PackageIndex known = indices.get(suite);
    if (known != null) {
      return known.matching(names);
    }
    Path folder = cache.folder("indices").resolve(suite);
    return cache.locked(folder, () -> picked(suite, names, index(suite, folder)));
  }

  private Path index(String suite, Path folder) throws IOException {
    Path verified = verifiedIndices.get(suite);
    if (verified == null) {
      verified = obtainIndex(suite, this::verifiedByHostOrNewerKeys, folder);
      verifiedIndices.put(suite, verified);
    }
    return verified;
  }

  private List<ArchivePackage> picked(String suite, Pattern names, Path index) throws IOException {
    Path kept =
        index.resolveSibling(index.getFileName() + "." + Sha256.of(names.pattern()) + ".json");
    if (Files.exists(kept)) {
      return List.of(JSON.readValue(Files.readAllBytes(kept), ArchivePackage[].class));
    }
    List<ArchivePackage> picked = parse(suite, index).matching(names);
    byte[] text = JSON.writeValueAsBytes(picked);
    cache.write(kept, out -> out.write(text));
    return picked;
  }

  /** Like {@link #fetch}; empty, which is said, if the archive no longer has the package. */
  public Optional<Path> fetchIfThere(ArchivePackage found) {
    try {
      return Optional.of(fetch(found));
    } catch (ArchiveException e) {
      if (!e.absent()) {
        throw e;
      }
      progress.say(found.name() + " has left the archive: what is in it is done without");
      return Optional.empty();
    }
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
    return parse(suite, obtainIndex(suite, check, folder));
  }

  private static PackageIndex parse(String suite, Path index) throws IOException {
    try (InputStream in = Files.newInputStream(index)) {
      return PackageIndex.parse(suite, in);
    }
  }

  private Path obtainIndex(String suite, Check check, Path folder) throws IOException {
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
    removeOthers(folder, kept, index);
    return index;
  }

  private static Set<String> nameIn(String release) {
    return NAMES.matcher(release).results().map(name -> name.group(1)).collect(toSet());
  }

  /** What was picked from the index has its name and more. */
  private static void removeOthers(Path folder, Path release, Path index) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path other :
          all.filter(file -> !file.equals(release) && !file.toString().startsWith(index.toString()))
              .toList()) {
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
    if (e.getMessage() != null) {
      return e.getMessage();
    }
    if (e instanceof ConnectException) {
      boolean unknown =
          Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
              .anyMatch(UnresolvedAddressException.class::isInstance);
      return unknown ? "no host of that name is known" : "no connection";
    }
    return e.getClass().getSimpleName();
  }

  private Keyring host() {
    if (hostKeys == null) {
      hostKeys = keyring.get();
    }
    return hostKeys;
  }

  private Optional<byte[]> verifiedByHostOrNewerKeys(byte[] signed) {
    Optional<byte[]> verified = host().verified(signed);
    if (verified.isPresent()) {
      return verified;
    }
    if (newerKeys == null) {
      newerKeys = newerKeys();
    }
    return newerKeys.flatMap(keys -> keys.verified(signed));
  }

  /** The keys of the newest keyring package that the host's own keys vouch for. */
  private Optional<Keyring> newerKeys() {
    Optional<ArchivePackage> newest =
        KEY_SUITES.stream()
            .flatMap(suite -> keyPackage(suite).stream())
            .max(Comparator.comparing(found -> DebianVersion.of(found.version())));
    return newest.map(
        found -> {
          progress.say(
              host().name()
                  + " lacks newer keys of the archive: those of "
                  + found.name()
                  + " "
                  + found.version()
                  + " from "
                  + found.suite()
                  + ", which it vouches for, are used too");
          return keysWithin(found);
        });
  }

  /** A suite that the host's keys do not cover is of no use here, and is no news. */
  private Optional<ArchivePackage> keyPackage(String suite) {
    try {
      return readIndex(suite, host()::verified).newest(Keyring.PACKAGE);
    } catch (ArchiveException e) {
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
