package io.switchhook.console.now;

import io.switchhook.console.Templates;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends one viewer what of their page changed, as server-sent events with HTML, at most twice a
 * second. Whoever connects, first or again, is sent the whole; who does not keep up is sent nothing
 * until they do, and is cut off when that lasts.
 */
final class NowStream {
  private static final int TICK_MILLIS = 500;
  private static final int STUCK_TICKS_MAX = 40;
  private static final int CHECK_TICKS = 4;

  private final Vertx vertx;
  private final Templates templates;
  private final NowFeed feed;
  private final AtomicBoolean isEnded = new AtomicBoolean();
  private int ticks;
  private int stuck;

  NowStream(Vertx vertx, Templates templates, NowFeed feed) {
    this.vertx = vertx;
    this.templates = templates;
    this.feed = feed;
  }

  /** Begins to send. Called on a thread that may wait for a store. */
  void start(HttpServerResponse response, Runnable onEnd) {
    send(response, feed.first());
    long timer = vertx.setPeriodic(TICK_MILLIS, _ -> tick(response));
    response.exceptionHandler(_ -> {});
    response.closeHandler(_ -> end(timer, onEnd));
    if (response.closed()) {
      end(timer, onEnd);
    }
  }

  private void end(long timer, Runnable onEnd) {
    if (isEnded.compareAndSet(false, true)) {
      vertx.cancelTimer(timer);
      onEnd.run();
    }
  }

  private void tick(HttpServerResponse response) {
    ticks++;
    if (response.closed()) {
      return;
    }
    if (response.writeQueueFull()) {
      stuck++;
      if (stuck > STUCK_TICKS_MAX) {
        response.reset();
      }
      return;
    }
    stuck = 0;
    if (ticks % CHECK_TICKS == 0 && !feed.isAllowed()) {
      response.reset();
      return;
    }
    // When too much happened to catch up with, the browser comes back and is sent the whole.
    feed.next().ifPresentOrElse(update -> send(response, update), response::reset);
  }

  private void send(HttpServerResponse response, NowView.Update update) {
    var text = new StringBuilder("event: now\n");
    templates
        .render("now/update", update)
        .utf8()
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(line -> text.append("data: ").append(line).append('\n'));
    response.write(text.append('\n').toString());
  }
}
