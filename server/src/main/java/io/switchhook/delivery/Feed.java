package io.switchhook.delivery;

import io.switchhook.event.WebhookId;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A stream of events to one webhook: those that happen, or those that one replay tells again.
 *
 * @param replay null for what happens
 */
public record Feed(WebhookId webhook, @Nullable ReplayId replay) implements Comparable<Feed> {
  private static final Comparator<Feed> ORDER =
      Comparator.comparing(Feed::webhook)
          .thenComparing(Feed::replay, Comparator.nullsFirst(Comparator.naturalOrder()));

  /** What happens, told to this webhook. */
  public static Feed live(WebhookId webhook) {
    return new Feed(webhook, null);
  }

  /** True for what happens; false for what is told again. */
  public boolean isLive() {
    return replay == null;
  }

  @Override
  public int compareTo(Feed other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return replay == null ? webhook.toString() : webhook + "/" + replay;
  }
}
