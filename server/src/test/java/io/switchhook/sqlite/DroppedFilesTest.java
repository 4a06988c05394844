package io.switchhook.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DroppedFilesTest {
  private static final String OLD = "2026-11-22.db";
  private static final String LEFT = OLD + ".dropped";
  private static final long BYTES = 40L << 20;

  @TempDir Path folder;

  private void make(String name, long bytes) throws IOException {
    try (var file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
      file.setLength(bytes);
    }
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Waits until all room is given back: the thread that does it has nothing more to do. */
  private void awaitNames(String... names) throws IOException, InterruptedException {
    for (int look = 0; look < 2_000 && names().size() > names.length; look++) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(names()).containsExactly(names);
  }

  @Test
  void databaseIsGoneAtOnceAndItsRoomStepByStep() throws IOException, InterruptedException {
    make(OLD, BYTES);
    make(OLD + "-wal", 1_000);
    make(OLD + ".damaged", 1_000);
    make("2026-11-23.db", 1_000);
    BlockingQueue<String> made = new SynchronousQueue<>();
    BlockingQueue<String> next = new SynchronousQueue<>();
    try (var files =
        DroppedFiles.of(
            folder,
            () -> {
              made.put("a step");
              next.take();
            })) {
      files.drop(OLD);

      assertThat(names()).containsExactly(LEFT, "2026-11-23.db");
      made.take();
      assertThat(folder.resolve(LEFT)).hasSize(24L << 20);
      next.put("another one");
      made.take();
      assertThat(folder.resolve(LEFT)).hasSize(8L << 20);
      next.put("the last one");
      awaitNames("2026-11-23.db");
    }
  }

  @Test
  void startGoesOnWhereAStopOrACrashCameBetween() throws IOException, InterruptedException {
    make(OLD, BYTES);
    BlockingQueue<Thread> waiting = new LinkedBlockingQueue<>();
    try (var files =
        DroppedFiles.of(
            folder,
            () -> {
              waiting.add(Thread.currentThread());
              new SynchronousQueue<>().take();
            })) {
      files.drop(OLD);
      assertThat(waiting.poll(20, TimeUnit.SECONDS)).isNotNull();
    }
    assertThat(folder.resolve(LEFT)).hasSize(24L << 20);
    // As after a crash between the two: its log is still beside it.
    make(OLD + "-wal", 1_000);

    try (var files = DroppedFiles.of(folder)) {
      assertThat(files).isNotNull();
      assertThat(folder.resolve(OLD + "-wal")).doesNotExist();
      awaitNames();
    }
  }

  @Test
  void whatIsOneStepIsGivenBackAtOnce() throws IOException {
    make(OLD, 16L << 20);
    make("2026-11-21.db.dropped", 1_000);
    try (var files = DroppedFiles.of(folder)) {
      assertThat(names()).containsExactly(OLD);
      files.drop(OLD);
      assertThat(names()).isEmpty();
    }
  }

  @Test
  void databaseThatIsNotThereIsTold() {
    try (var files = DroppedFiles.of(folder)) {
      assertThatThrownBy(() -> files.drop(OLD))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(OLD);
    }
  }
}
