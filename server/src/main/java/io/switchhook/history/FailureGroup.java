package io.switchhook.history;

import io.switchhook.event.WebhookId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Deliveries that failed in one way.
 *
 * @param count how many there are
 * @param newest when the event of the newest was accepted
 */
public record FailureGroup(
    WebhookId webhook, DeliveryOutcome outcome, Failure failure, long count, Instant newest) {
  /** More groups are not told. */
  public static final int COUNT_MAX = 100;

  private record Key(WebhookId webhook, DeliveryOutcome outcome, Failure failure) {}

  /** The same groups, those of one kind put together, the largest first. */
  public static List<FailureGroup> together(Collection<FailureGroup> parts) {
    var groups = new LinkedHashMap<Key, FailureGroup>();
    for (var part : parts) {
      groups.merge(
          new Key(part.webhook(), part.outcome(), part.failure()), part, FailureGroup::plus);
    }
    var sorted = new ArrayList<>(groups.values());
    sorted.sort(
        Comparator.comparingLong(FailureGroup::count)
            .thenComparing(FailureGroup::newest)
            .reversed());
    return List.copyOf(sorted.subList(0, Math.min(sorted.size(), COUNT_MAX)));
  }

  private FailureGroup plus(FailureGroup other) {
    return new FailureGroup(
        webhook,
        outcome,
        failure,
        count + other.count,
        newest.isAfter(other.newest) ? newest : other.newest);
  }
}
