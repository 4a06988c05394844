package io.switchhook.command.client;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Closes a stream that brings nothing for too long: a machine that is gone without a word says
 * nothing of it, and whoever reads would wait for ever.
 */
final class SilenceWatch implements AutoCloseable {
  private final InputStream stream;
  private final Duration max;
  private final Thread thread;
  private volatile long heardNanos = System.nanoTime();
  private volatile boolean isSilent;

  SilenceWatch(InputStream stream, Duration max) {
    this.stream = stream;
    this.max = max;
    this.thread = Thread.ofVirtual().name("silence-watch").start(this::watch);
  }

  /** Something came. */
  void heard() {
    heardNanos = System.nanoTime();
  }

  /** True when the stream was closed because nothing came. */
  boolean wasSilent() {
    return isSilent;
  }

  private void watch() {
    try {
      for (long left = left(); left > 0; left = left()) {
        Thread.sleep(Duration.ofNanos(left));
      }
      isSilent = true;
      stream.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // Nobody reads any more.
    } catch (IOException _) {
      // Then it is closed.
    }
  }

  private long left() {
    return max.toNanos() - (System.nanoTime() - heardNanos);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
