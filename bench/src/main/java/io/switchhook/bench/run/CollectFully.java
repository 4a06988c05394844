package io.switchhook.bench.run;

import io.switchhook.bench.process.FullCollection;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Has the server's memory collected fully, again and again, on a thread of its own. A server that
 * ends meanwhile, or cannot be asked, is asked no more until the next time.
 */
final class CollectFully implements AutoCloseable {
  private final Duration every;
  private final Supplier<OptionalLong> pid;
  private final CountDownLatch end = new CountDownLatch(1);

  private CollectFully(Duration every, Supplier<OptionalLong> pid) {
    this.every = every;
    this.pid = pid;
  }

  static CollectFully every(Duration time, Supplier<OptionalLong> pid) {
    var collect = new CollectFully(time, pid);
    Thread.ofPlatform().daemon().name("collections").start(collect::run);
    return collect;
  }

  private void run() {
    try {
      while (!end.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        var now = pid.get();
        if (now.isPresent()) {
          var _ = FullCollection.of(now.getAsLong());
        }
      }
    } catch (IOException _) {
      // There is no such tool: the check of memory says that nothing was collected.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end.countDown();
  }
}
