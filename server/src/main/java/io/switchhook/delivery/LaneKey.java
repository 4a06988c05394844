package io.switchhook.delivery;

import io.switchhook.event.CallId;
import io.switchhook.event.WebhookId;
import java.util.Comparator;

/** Names a lane: the deliveries of one call to one webhook, in order. */
public record LaneKey(WebhookId webhook, CallId call) implements Comparable<LaneKey> {
  private static final Comparator<LaneKey> ORDER =
      Comparator.comparing(LaneKey::webhook).thenComparing(LaneKey::call);

  @Override
  public int compareTo(LaneKey other) {
    return ORDER.compare(this, other);
  }
}
