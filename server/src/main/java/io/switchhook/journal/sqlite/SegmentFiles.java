package io.switchhook.journal.sqlite;

import io.switchhook.journal.JournalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/*
 * How a segment is deleted.
 *
 * It is several files: the database, its write-ahead log, the log's index, and what was put aside when it was damaged. To
 * delete them one by one could leave a database without its log, which would look like one that lost its end. So the database
 * gets another name first, in one step: from then on the segment is not there any more, and what is left of it is deleted now
 * or when the journal is next opened.
 */

/** Deletes the files of segments. */
final class SegmentFiles {
  private static final String DROPPED = ".dropped";

  private SegmentFiles() {}

  /**
   * Deletes a segment that nobody has open.
   *
   * @param name of its file, for example {@code 2026-11-22.db}
   * @throws JournalException when that fails; the segment is then whole, or gone but for remains
   *     that {@link #deleteRemains} finds
   */
  static void delete(Path folder, String name) {
    try {
      Files.move(folder.resolve(name), folder.resolve(name + DROPPED));
      flush(folder);
      deleteAllOf(folder, name);
    } catch (IOException | UncheckedIOException e) {
      throw new JournalException(
          "cannot delete the journal's segment "
              + folder.resolve(name)
              + "; it is tried again after the next start: "
              + e.getMessage(),
          e);
    }
  }

  /** Deletes what a crash left of segments that were being deleted. */
  static void deleteRemains(Path folder) throws IOException {
    List<String> remains;
    try (var files = Files.list(folder)) {
      remains =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".db" + DROPPED))
              .toList();
    }
    for (var name : remains) {
      deleteAllOf(folder, name.substring(0, name.length() - DROPPED.length()));
    }
  }

  /** The one that says that the segment was dropped goes last. */
  private static void deleteAllOf(Path folder, String name) throws IOException {
    List<Path> parts;
    try (var files = Files.list(folder)) {
      parts =
          files
              .filter(file -> file.getFileName().toString().startsWith(name))
              .filter(file -> !file.getFileName().toString().equals(name + DROPPED))
              .toList();
    }
    for (var part : parts) {
      Files.deleteIfExists(part);
    }
    Files.deleteIfExists(folder.resolve(name + DROPPED));
  }

  /**
   * Makes the names in the folder durable: a new file's, without which its content is nowhere, and
   * that another one is gone.
   */
  static void flush(Path folder) {
    try (var channel = FileChannel.open(folder)) {
      channel.force(/* metaData= */ true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot flush the folder " + folder, e);
    }
  }
}
