package io.switchhook.delivery;

import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.event.WebhookId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is recorded of one webhook in a stretch of a partition. A record of one event counts before
 * one of many: it is about what happened since.
 */
public final class GiveUps {
  private static final GiveUps NONE = new GiveUps(List.of());

  private final Map<Long, GiveUp> single = new HashMap<>();
  private final List<GiveUp> ranges = new ArrayList<>();

  private GiveUps(List<GiveUp> records) {
    for (var record : records) {
      if (record.isOfOne()) {
        single.put(record.offset(), record);
      } else {
        ranges.add(record);
      }
    }
  }

  /** Nothing is recorded. */
  public static GiveUps none() {
    return NONE;
  }

  /** Those of {@code records} that are about this webhook. */
  public static GiveUps of(WebhookId webhook, List<GiveUp> records) {
    return new GiveUps(records.stream().filter(r -> r.webhook().equals(webhook)).toList());
  }

  /** What is recorded of an event that the webhook wanted; empty when it was told or is pending. */
  public Optional<GiveUp> of(long offset) {
    var own = single.get(offset);
    return own != null
        ? Optional.of(own).filter(record -> record.reason() != Reason.TOLD_BY_REPLAY)
        : ranges.stream().filter(range -> range.covers(offset)).findFirst();
  }

  /** True when the event was given up and not told since. */
  public boolean isGivenUp(long offset) {
    return of(offset).isPresent();
  }

  /** True when the event was given up at some time, whether a replay has told it since or not. */
  public boolean wasGivenUp(long offset) {
    return single.containsKey(offset) || isGivenUp(offset);
  }

  /** True when the event had been given up and a replay has told it since. */
  public boolean isToldByReplay(long offset) {
    var own = single.get(offset);
    return own != null && own.reason() == Reason.TOLD_BY_REPLAY;
  }
}
