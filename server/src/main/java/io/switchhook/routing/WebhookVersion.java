package io.switchhook.routing;

import io.switchhook.webhook.Condition;
import io.switchhook.webhook.Trigger;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/**
 * What decided, from some offset on, whether a webhook wants an event.
 *
 * @param firstOffsets for each partition of the company, the first offset at which this version
 *     holds; it holds until the next version's
 * @param enabled when false, what matches is given up as {@code disabled}: this version is itself
 *     the durable record of that
 */
public record WebhookVersion(
    Trigger trigger, List<Condition> conditions, boolean enabled, Map<Integer, Long> firstOffsets) {
  public WebhookVersion {
    conditions = List.copyOf(conditions);
    firstOffsets = Map.copyOf(firstOffsets);
  }

  /** True when this version, or a later one, decides about every event from these offsets on. */
  public boolean holdsFrom(IntToLongFunction offsets) {
    return firstOffsets.entrySet().stream()
        .allMatch(first -> first.getValue() <= offsets.applyAsLong(first.getKey()));
  }
}
