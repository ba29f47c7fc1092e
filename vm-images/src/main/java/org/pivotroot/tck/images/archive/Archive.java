package org.pivotroot.tck.images.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Debian archive of which nothing is believed that its signature does not cover: the keyring
 * vouches for a suite's InRelease, that for the package index, and that for a package.
 */
public final class Archive {
  private static final String INDEX = "main/binary-amd64/Packages.xz";
  private static final Pattern CHECKSUM =
      Pattern.compile("^ ([0-9a-f]{64}) +(\\d+) " + Pattern.quote(INDEX) + "$", Pattern.MULTILINE);
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
        cache.folder("debs").resolve(wanted.filename().replaceFirst(".*/", "")),
        addresses.of(wanted.suite()),
        wanted.filename(),
        wanted.size(),
        wanted.sha256());
  }

  private Path obtain(Path target, URI base, String path, long size, String sha256) {
    URI address = base.resolve(path);
    return cache.obtain(
        target,
        size,
        sha256,
        out -> {
          try {
            connection.fetch(address, target.getFileName().toString(), size, out);
          } catch (IOException e) {
            throw unavailable(path, base, e);
          }
        },
        progress);
  }

  private PackageIndex readIndex(String suite, Check check) {
    String release = release(suite, check);
    Matcher matcher = CHECKSUM.matcher(release);
    if (!matcher.find()) {
      throw new ArchiveException(
          "dists/"
              + suite
              + "/InRelease lists no "
              + INDEX
              + " with a SHA-256: not a suite of Debian");
    }
    String sha256 = matcher.group(1);
    String folder = "dists/" + suite + "/";
    Path file =
        obtain(
            cache.folder("indices").resolve(suite + "-Packages.xz"),
            addresses.of(suite),
            release.contains("\nAcquire-By-Hash: yes")
                ? folder + "main/binary-amd64/by-hash/SHA256/" + sha256
                : folder + INDEX,
            Long.parseLong(matcher.group(2)),
            sha256);
    try (InputStream in = Files.newInputStream(file)) {
      return PackageIndex.parse(suite, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String release(String suite, Check check) {
    Path kept = cache.folder("indices").resolve(suite + "-InRelease");
    String path = "dists/" + suite + "/InRelease";
    URI base = addresses.of(suite);
    byte[] signed;
    boolean fresh = true;
    try {
      signed = connection.fetch(base.resolve(path), LARGEST_RELEASE);
    } catch (Connection.AbsentException e) {
      throw unavailable(path, base, e);
    } catch (IOException e) {
      if (!Files.exists(kept)) {
        throw unavailable(path, base, e);
      }
      progress.say(
          path + " cannot be got (" + reason(e) + "): the copy in the cache is used instead");
      signed = read(kept);
      fresh = false;
    }
    byte[] text =
        check
            .apply(signed)
            .orElseThrow(
                () ->
                    new ArchiveException(
                        path
                            + " has no good signature by a key of "
                            + host().name()
                            + ", nor by newer ones that those keys vouch for: either it was"
                            + " changed on its way (take another mirror with"
                            + " -Dtck.archive=ADDRESS) or the keys are too old (update the package "
                            + Keyring.PACKAGE
                            + ", or name a keyring with -Dtck.keyring=FILE)"));
    if (fresh) {
      cache.keep(kept, signed);
    }
    return new String(text, StandardCharsets.UTF_8);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ArchiveException(
          "cannot read " + file + " (" + reason(e) + "): remove it, it will be fetched again", e);
    }
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
