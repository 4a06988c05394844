package io.switchhook.admin;

import io.switchhook.event.CompanyId;
import io.switchhook.live.Happening;
import io.switchhook.live.LiveFeed;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Writes what happens to one connection as server-sent events (WHATWG HTML §9.2). It has no queue:
 * it reads on in the feed whenever the connection takes more. A reader that takes nothing between
 * two heartbeats, or is so slow that the feed no longer has what comes next, is cut off; it may
 * come back with {@code Last-Event-ID}.
 */
final class LiveStream {
  /** How often something is written when nothing happens. */
  static final int HEARTBEAT_MILLIS = 15_000;

  private static final int READ_MAX = 500;

  private final Vertx vertx;
  private final LiveFeed feed;
  private final CompanyId company;
  private final BooleanSupplier isAllowed;
  private final AtomicBoolean isWoken = new AtomicBoolean();

  /**
   * What is streamed.
   *
   * @param isAllowed asked now and then: false once the reader may no longer read
   */
  record What(LiveFeed feed, CompanyId company, BooleanSupplier isAllowed) {}

  LiveStream(Vertx vertx, What what) {
    this.vertx = vertx;
    this.feed = what.feed();
    this.company = what.company();
    this.isAllowed = what.isAllowed();
  }

  /** Reads out a feed on the event loop of a connection. */
  private final class Reader {
    private final HttpServerResponse response;
    private final Context context;
    private final Runnable watcher = this::wake;
    private long place;
    private boolean isStuck;

    Reader(HttpServerResponse response, Context context, long place) {
      this.response = response;
      this.context = context;
      this.place = place;
    }

    void start(Runnable onEnd) {
      long heartbeat = vertx.setPeriodic(HEARTBEAT_MILLIS, _ -> beat());
      response.closeHandler(
          _ -> {
            feed.unwatch(watcher);
            vertx.cancelTimer(heartbeat);
            onEnd.run();
          });
      response.exceptionHandler(_ -> {});
      response.drainHandler(_ -> pump());
      feed.watch(watcher);
      pump();
    }

    /** Called by the thread that writes history. */
    private void wake() {
      if (isWoken.compareAndSet(false, true)) {
        context.runOnContext(_ -> pump());
      }
    }

    private void pump() {
      isWoken.set(false);
      while (!response.closed() && !response.writeQueueFull()) {
        isStuck = false;
        var read = feed.read(company, place, READ_MAX);
        if (read.isEmpty()) {
          cut();
          return;
        }
        var next = read.get();
        if (next.end() == place) {
          return;
        }
        place = next.end();
        write(next.happenings());
      }
    }

    private void write(List<Happening> happenings) {
      if (!happenings.isEmpty()) {
        var text = new StringBuilder();
        happenings.forEach(happening -> text.append(LiveJson.frame(happening)));
        response.write(text.append(id()).toString());
      }
    }

    /** Where to go on, also for a reader to whom nothing was told yet. */
    private String id() {
      return "id: " + feed.text(place) + "\n\n";
    }

    private void beat() {
      if (!isAllowed.getAsBoolean() || (isStuck && response.writeQueueFull())) {
        cut();
        return;
      }
      isStuck = response.writeQueueFull();
      if (!isStuck) {
        response.write(": still here\n" + id());
      }
    }

    private void cut() {
      response.reset();
    }
  }

  /**
   * Begins to write.
   *
   * @param lastEventId what the reader had last; {@code ""} for what happens from now on
   * @param onEnd called once, when the connection is over
   */
  void start(HttpServerResponse response, String lastEventId, Runnable onEnd) {
    var known = feed.place(lastEventId).filter(at -> feed.read(company, at, 0).isPresent());
    // After a restart nothing is left out that happened since.
    long from = known.orElseGet(feed.isOfAnotherRun(lastEventId) ? feed::oldest : feed::end);
    var reader = new Reader(response, vertx.getOrCreateContext(), from);
    response.write(
        "retry: 2000\n\n"
            + (lastEventId.isEmpty() || known.isPresent() ? "" : LiveJson.GAP)
            + reader.id());
    reader.start(onEnd);
  }
}
