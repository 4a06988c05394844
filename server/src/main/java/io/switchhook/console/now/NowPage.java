package io.switchhook.console.now;

import io.switchhook.admin.HttpApi;
import io.switchhook.console.ConsoleAnswer;
import io.switchhook.console.ConsolePage;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.ConsoleRoute;
import io.switchhook.console.Templates;
import io.switchhook.event.Bytes;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What goes on now, and its stream of changes. */
public final class NowPage implements ConsolePage {
  /** More viewers at a time see the page without its stream. */
  static final int STREAMS_MAX = 128;

  private final Vertx vertx;
  private final HttpApi.Parts parts;
  private final Templates templates;
  private final AtomicInteger streams = new AtomicInteger();

  /** The page of now. */
  public NowPage(Vertx vertx, HttpApi.Parts parts, Templates templates) {
    this.vertx = vertx;
    this.parts = parts;
    this.templates = templates;
  }

  @Override
  public NavEntry entry() {
    return new NavEntry("Now", "/now", "now");
  }

  @Override
  public List<ConsoleRoute> routes() {
    return List.of(ConsoleRoute.get("/now", this::show), ConsoleRoute.get("/now/live", this::live));
  }

  private ConsoleAnswer show(ConsoleRequest request) {
    var first = new NowFeed(parts, request).first();
    var hasWebhooks = !parts.webhooks().list(request.company().id()).isEmpty();
    return templates.page(
        "now/page",
        new NowView(
            request.frame("Now"),
            request.link("now", "live"),
            hasWebhooks ? "" : request.link("webhooks", "new"),
            first));
  }

  private ConsoleAnswer live(ConsoleRequest request) {
    if (streams.incrementAndGet() > STREAMS_MAX) {
      streams.decrementAndGet();
      return new ConsoleAnswer.Whole(
          503, "text/plain; charset=utf-8", Map.of("Retry-After", "10"), Bytes.utf8("busy\n"));
    }
    var feed = new NowFeed(parts, request);
    return new ConsoleAnswer.Parts(
        "text/event-stream",
        Map.of(),
        response ->
            new NowStream(vertx, templates, feed).start(response, streams::decrementAndGet));
  }
}
