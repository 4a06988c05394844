package io.switchhook.delivery;

import io.switchhook.event.CallId;
import io.switchhook.event.WebhookId;
import java.util.Comparator;

/** Names a lane: the deliveries of one call to one webhook, in order; a replay has its own. */
public record LaneKey(Feed feed, CallId call) implements Comparable<LaneKey> {
  private static final Comparator<LaneKey> ORDER =
      Comparator.comparing(LaneKey::feed).thenComparing(LaneKey::call);

  /** The lane of what happens. */
  public LaneKey(WebhookId webhook, CallId call) {
    this(Feed.live(webhook), call);
  }

  /** Who is told. */
  public WebhookId webhook() {
    return feed.webhook();
  }

  @Override
  public int compareTo(LaneKey other) {
    return ORDER.compare(this, other);
  }
}
