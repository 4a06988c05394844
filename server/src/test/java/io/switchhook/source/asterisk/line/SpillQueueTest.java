package io.switchhook.source.asterisk.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.source.asterisk.ami.AmiMessage;
import io.switchhook.source.asterisk.line.Heard.What;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillQueueTest {
  private static final Instant AT = Instant.parse("2026-11-22T10:00:00.123Z");

  @TempDir Path folder;

  @Test
  void keepsOrderThroughMemoryAndFile() throws Exception {
    try (var queue = queue(3, 1 << 20)) {
      var random = new SplittableRandom(7);
      int put = 0;
      int taken = 0;
      while (taken < 2_000) {
        for (int i = random.nextInt(20); i > 0; i--) {
          queue.put(heard(put++));
        }
        for (int i = random.nextInt(20); i > 0 && taken < put; i--) {
          assertThat(queue.poll(0)).contains(heard(taken++));
        }
      }
      while (taken < put) {
        assertThat(queue.poll(0)).contains(heard(taken++));
      }
      assertThat(queue.isEmpty()).isTrue();
    }
    assertThat(Files.size(folder.resolve("spill"))).isZero();
  }

  @Test
  void memoryIsBoundedAndTheRestIsInTheFile() throws Exception {
    try (var queue = queue(10, 1 << 20)) {
      for (int i = 0; i < 110; i++) {
        queue.put(heard(i));
      }

      assertThat(queue.spilled()).isEqualTo(100);
      assertThat(queue.isFull()).isFalse();
    }
  }

  @Test
  void readerWaitsWhenTheFileIsFull() throws Exception {
    try (var queue = queue(1, 200)) {
      queue.put(heard(0));
      int before = 1;
      while (queue.spilled() < before + 1 && before < 3) {
        queue.put(heard(before++));
      }
      int next = before;
      var started = new CountDownLatch(1);
      var writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      started.countDown();
                      for (int i = next; i < next + 5; i++) {
                        queue.put(heard(i));
                      }
                    } catch (InterruptedException _) {
                      Thread.currentThread().interrupt();
                    }
                  });
      assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < next + 5; i++) {
        assertThat(queue.poll(10_000)).contains(heard(i));
      }
      writer.join();
    }
  }

  @Test
  void whatIsInItCanBeTakenOutAfterItsEnd() throws Exception {
    try (var queue = queue(2, 1 << 20)) {
      for (int i = 0; i < 5; i++) {
        queue.put(heard(i));
      }
      queue.end();
      queue.put(heard(99));
      for (int i = 0; i < 5; i++) {
        assertThat(queue.poll(0)).contains(heard(i));
      }
      assertThat(queue.poll(10_000)).isEmpty();
    }
  }

  private SpillQueue queue(int items, long bytes) throws IOException {
    return new SpillQueue(folder.resolve("spill"), new SpillQueue.Limits(items, bytes));
  }

  private static Heard heard(int number) {
    return new Heard(
        What.EVENT, AT, AmiMessage.of("Event", "Newchannel", "Uniqueid", "é" + number, "X", ""));
  }
}
