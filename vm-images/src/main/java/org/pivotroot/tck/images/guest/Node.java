package org.pivotroot.tck.images.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What stands at a path of the guest's file system. Owner and group are root, times the epoch. */
sealed interface Node {
  /** File type and permission bits, as in st_mode. */
  int mode();

  /** A regular file; the content is read when it is packed. */
  record File(int permissions, Content content) implements Node {
    @Override
    public int mode() {
      return 0100000 | permissions;
    }
  }

  /** A directory. */
  record Directory(int permissions) implements Node {
    @Override
    public int mode() {
      return 0040000 | permissions;
    }
  }

  /** A symbolic link. */
  record Link(String target) implements Node {
    @Override
    public int mode() {
      return 0120777;
    }
  }

  /** A character device. */
  record Device(int permissions, int major, int minor) implements Node {
    @Override
    public int mode() {
      return 0020000 | permissions;
    }
  }

  /** The bytes of a file, read each time they are asked for. */
  @FunctionalInterface
  interface Content {
    byte[] read() throws IOException;

    static Content of(byte[] bytes) {
      return () -> bytes;
    }

    static Content of(String text) {
      return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static Content of(Path file) {
      return () -> Files.readAllBytes(file);
    }
  }
}
