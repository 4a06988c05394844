package io.switchhook.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets a command run until somebody stops the process (Ctrl-C, SIGTERM), and then end in its own
 * way: the process waits for it and ends with 0.
 */
public final class UntilStopped {
  private static final int END_SECONDS_MAX = 30;

  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean asked = new AtomicBoolean();

  /** Listens for the stop from now on. */
  public static UntilStopped listening() {
    var until = new UntilStopped();
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(until::stopped));
    return until;
  }

  private void stopped() {
    if (ended.getCount() == 0) {
      return; // It ends by itself.
    }
    asked.set(true);
    stop.countDown();
    try {
      if (ended.await(END_SECONDS_MAX, TimeUnit.SECONDS)) {
        // A stop that was asked for is no failure, whatever the signal's own exit code is.
        Runtime.getRuntime().halt(0);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Goes on as if somebody had stopped the process. */
  public void release() {
    stop.countDown();
  }

  /** True when somebody stopped the process. */
  public boolean wasAsked() {
    return asked.get();
  }

  /** Waits until it is stopped. */
  public void await() throws InterruptedException {
    stop.await();
  }

  /** Waits until it is stopped, but not longer than this; true when it is. */
  public boolean await(long millis) throws InterruptedException {
    return stop.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Says that everything is put away: the process may end. */
  public void ended() {
    ended.countDown();
  }
}
