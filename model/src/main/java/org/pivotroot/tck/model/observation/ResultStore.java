package org.pivotroot.tck.model.observation;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.pivotroot.tck.model.json.Json;

/** The documents of one run in a directory, a file for each target. */
public final class ResultStore {
  private final Path directory;

  /** The directory need not exist yet. */
  public ResultStore(Path directory) {
    this.directory = directory;
  }

  /**
   * All documents, in the order of {@link TargetOrder}; none if there is no such directory.
   *
   * @throws IOException if one cannot be read; the message says what to do
   */
  public List<ResultDocument> read() throws IOException {
    List<ResultDocument> documents = new ArrayList<>();
    for (Path file : files()) {
      try {
        documents.add(Json.parse(Files.readString(file), ResultDocument.class, file.toString()));
      } catch (IOException e) {
        throw new IOException(e.getMessage() + "; delete it and run the claims again", e);
      }
    }
    documents.sort(Comparator.comparing(ResultDocument::target, new TargetOrder()));
    return documents;
  }

  /** The files of the documents, by name; none if there is no such directory. */
  public List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "[!.]*.json")) {
      found.forEach(files::add);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    files.sort(Comparator.naturalOrder());
    return files;
  }

  /** Puts these documents in the place of all that are there; each is there whole or not at all. */
  public void replaceWith(List<ResultDocument> documents) throws IOException {
    Files.createDirectories(directory);
    List<Path> old = new ArrayList<>(files());
    for (ResultDocument document : documents) {
      Path file = directory.resolve(document.fileName());
      Path fresh = directory.resolve("." + document.fileName() + ".new");
      Files.writeString(fresh, Json.text(document, ResultDocument.LEVELS));
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      old.remove(file);
    }
    for (Path file : old) {
      Files.delete(file);
    }
  }
}
