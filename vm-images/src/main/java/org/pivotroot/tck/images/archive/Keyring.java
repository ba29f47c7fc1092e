package org.pivotroot.tck.images.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pgpainless.sop.SOPImpl;
import sop.ByteArrayAndResult;
import sop.SOP;
import sop.Verification;
import sop.exception.SOPGPException;

/** The keys that a suite's signature is held against. */
final class Keyring {
  static final String PACKAGE = "debian-archive-keyring";
  static final String WITHIN_PACKAGE = "usr/share/keyrings/debian-archive-keyring.";

  private final String name;
  private final byte[] certificates;

  /**
   * A keyring.
   *
   * @param name where the keys are from, for messages
   * @param certificates OpenPGP certificates, one after another
   */
  Keyring(String name, byte[] certificates) {
    this.name = name;
    this.certificates = certificates;
  }

  /** The keyring that the property tck.keyring names, else the one that Debian's package brings. */
  static Keyring ofHost() {
    String given = System.getProperty("tck.keyring");
    Path file =
        given != null
            ? Path.of(given)
            : Stream.of("pgp", "gpg")
                .map(ending -> Path.of("/", WITHIN_PACKAGE + ending))
                .filter(Files::isReadable)
                .findFirst()
                .orElseThrow(
                    () ->
                        new ArchiveException(
                            "no keys to check the Debian archive with: there is no /"
                                + WITHIN_PACKAGE
                                + "gpg. Install the package "
                                + PACKAGE
                                + " (apt-get install "
                                + PACKAGE
                                + "), or name a keyring with -Dtck.keyring=FILE"));
    try {
      return new Keyring(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new ArchiveException(
          "cannot read the keyring " + file + ": name another one with -Dtck.keyring=FILE", e);
    }
  }

  String name() {
    return name;
  }

  /** The text within a clear-signed message, if a key of this keyring signed it. */
  Optional<byte[]> verified(byte[] clearSigned) {
    try {
      SOP sop = new SOPImpl();
      ByteArrayAndResult<List<Verification>> verified =
          sop.inlineVerify()
              .cert(new ByteArrayInputStream(certificates))
              .data(new ByteArrayInputStream(clearSigned))
              .toByteArrayAndResult();
      return verified.getResult().isEmpty() ? Optional.empty() : Optional.of(verified.getBytes());
    } catch (SOPGPException.NoSignature | SOPGPException.BadData e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new ArchiveException(
          "the keyring " + name + " cannot be used: name another one with -Dtck.keyring=FILE", e);
    }
  }
}
