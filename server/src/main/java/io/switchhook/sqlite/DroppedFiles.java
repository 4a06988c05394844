package io.switchhook.sqlite;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * How a database is deleted.
 *
 * It is several files: the database, its write-ahead log, the log's index, and what was put aside when it was damaged. To
 * delete them one by one could leave a database without its log, which would look like one that lost its end. So the database
 * gets another name first, in one step: from then on it is not there any more, however large it is.
 *
 * The room that it took is given back afterwards, in small steps. A file system that frees gigabytes at once keeps whoever
 * flushes a file waiting meanwhile; docs/performance.md has figures.
 */

/**
 * Databases of a folder that nobody needs any more. They are gone at once; the room they took is
 * given back bit by bit, by a thread of its own, and after a crash or a stop by the next start.
 */
public final class DroppedFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DroppedFiles.class);
  private static final String DROPPED = ".dropped";
  private static final long STEP_BYTES = 16L << 20;
  private static final long PAUSE_MILLIS = 20;

  private final Path folder;
  private final Pause pause;
  private final ExecutorService thread;

  /** What lies between two steps. */
  interface Pause {
    /** Returns when the next step may be made; fails when there is to be none. */
    void await() throws InterruptedException;
  }

  private DroppedFiles(Path folder, Pause pause) {
    this.folder = folder;
    this.pause = pause;
    this.thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("free " + folder.getFileName()).factory());
  }

  /**
   * Begins with what was dropped in this folder before. Of those databases nothing is left but room
   * to be given back when this returns.
   *
   * @throws UncheckedIOException when the folder cannot be read or changed
   */
  public static DroppedFiles of(Path folder) {
    return of(folder, () -> Thread.sleep(PAUSE_MILLIS));
  }

  static DroppedFiles of(Path folder, Pause pause) {
    var files = new DroppedFiles(folder, pause);
    try {
      for (var file : files.dropped()) {
        files.deleteCompanions(nameBefore(file));
        files.giveBack(file);
      }
      return files;
    } catch (IOException e) {
      files.close();
      throw new UncheckedIOException("cannot tidy the folder " + folder, e);
    }
  }

  /**
   * Drops a database that nobody has open.
   *
   * @param name of its file, for example {@code 2026-11-22.db}
   * @throws UncheckedIOException when that fails; the database is then whole, or gone but for
   *     remains that the next start finds
   */
  public void drop(String name) {
    var dropped = folder.resolve(name + DROPPED);
    try {
      Files.move(folder.resolve(name), dropped);
      flush(folder);
      deleteCompanions(name);
      giveBack(dropped);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder.resolve(name), e);
    }
  }

  /** At once what is one step. */
  private void giveBack(Path dropped) throws IOException {
    if (Files.size(dropped) <= STEP_BYTES) {
      Files.deleteIfExists(dropped);
    } else {
      thread.execute(this::free);
    }
  }

  private List<Path> dropped() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(DROPPED)).sorted().toList();
    }
  }

  private static String nameBefore(Path dropped) {
    var name = dropped.getFileName().toString();
    return name.substring(0, name.length() - DROPPED.length());
  }

  /** The one that says that the database was dropped stays. */
  private void deleteCompanions(String name) throws IOException {
    List<Path> companions;
    try (var files = Files.list(folder)) {
      companions =
          files
              .filter(file -> file.getFileName().toString().startsWith(name))
              .filter(file -> !file.getFileName().toString().equals(name + DROPPED))
              .toList();
    }
    for (var companion : companions) {
      Files.deleteIfExists(companion);
    }
  }

  private void free() {
    try {
      for (var file : dropped()) {
        shrink(file);
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("folder", folder)
          .addKeyValue("reason", e.getMessage())
          .log("files.not_freed: tried again when the next one is dropped, or after a start");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // The next start goes on with it.
    }
  }

  private void shrink(Path file) throws IOException, InterruptedException {
    try (var open = new RandomAccessFile(file.toFile(), "rw")) {
      for (var left = open.length() - STEP_BYTES; left > 0; left -= STEP_BYTES) {
        open.setLength(left);
        pause.await();
      }
    }
  }

  /**
   * Makes the names in a folder durable: a new file's, without which its content is nowhere, and
   * that another one is gone.
   */
  public static void flush(Path folder) {
    try (var channel = FileChannel.open(folder)) {
      channel.force(/* metaData= */ true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot flush the folder " + folder, e);
    }
  }

  /** Leaves to the next start what is not given back yet. */
  @Override
  public void close() {
    thread.shutdownNow();
    boolean interrupted = false;
    while (!thread.isTerminated()) {
      try {
        thread.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
