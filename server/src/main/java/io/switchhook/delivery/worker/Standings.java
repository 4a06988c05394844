package io.switchhook.delivery.worker;

import io.switchhook.delivery.Feed;
import io.switchhook.delivery.FeedCursor;
import io.switchhook.delivery.engine.Effect;
import io.switchhook.delivery.engine.Input;
import io.switchhook.event.WebhookId;
import io.switchhook.routing.WebhookCatalog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How webhooks stand with one worker, as far as they do not stand well. The worker tells, all
 * threads may ask.
 */
final class Standings {
  private final Map<WebhookId, Set<Integer>> detached = new ConcurrentHashMap<>();
  private final Map<WebhookId, Instant> openUntil = new ConcurrentHashMap<>();
  private final Map<WebhookId, Instant> since = new ConcurrentHashMap<>();
  private final InstantSource engineTime;

  Standings(InstantSource engineTime) {
    this.engineTime = engineTime;
  }

  /** A partition comes with the cursors of those who read for themselves. */
  void opened(Input.Opened opened) {
    opened.state().feeds().stream()
        .map(FeedCursor::feed)
        .filter(Feed::isLive)
        .forEach(feed -> detached(opened.state().partition(), feed.webhook()));
  }

  /** Webhooks have changed: one that is deleted, or disabled, has nothing to be kept from. */
  void changed(WebhookCatalog catalog) {
    detached.keySet().removeIf(webhook -> catalog.find(webhook).isEmpty());
    openUntil
        .keySet()
        .removeIf(
            webhook ->
                catalog.find(webhook).filter(entry -> entry.webhook().isEnabled()).isEmpty());
    since.keySet().forEach(this::note);
  }

  void moved(Effect.Detached moved) {
    if (moved.isDetached()) {
      detached(moved.partition(), moved.webhook());
    } else {
      detached.computeIfPresent(
          moved.webhook(),
          (_, partitions) -> {
            partitions.remove(moved.partition());
            return partitions.isEmpty() ? null : partitions;
          });
    }
    note(moved.webhook());
  }

  private void detached(int partition, WebhookId webhook) {
    detached.compute(
        webhook,
        (_, known) -> {
          Set<Integer> partitions = known == null ? ConcurrentHashMap.newKeySet() : known;
          partitions.add(partition);
          return partitions;
        });
    note(webhook);
  }

  /** Notes when it was that a webhook stopped to stand well, and forgets it when it does again. */
  private void note(WebhookId webhook) {
    if (detached.containsKey(webhook) || openUntil.containsKey(webhook)) {
      since.putIfAbsent(webhook, engineTime.instant());
    } else {
      since.remove(webhook);
    }
  }

  void moved(Effect.BreakerMoved moved) {
    if (moved.openUntil() == null) {
      openUntil.remove(moved.webhook());
    } else {
      openUntil.put(moved.webhook(), moved.openUntil());
    }
    note(moved.webhook());
  }

  /** The webhooks that read some partition for themselves. */
  Set<WebhookId> detached() {
    return detached.keySet();
  }

  /** The webhooks whose breaker is not closed. */
  Set<WebhookId> notClosed() {
    return openUntil.keySet();
  }

  /** How many partitions the webhook reads for itself. */
  int detachedPartitions(WebhookId webhook) {
    return detached.getOrDefault(webhook, Set.of()).size();
  }

  /** Since when the webhook does not stand well; empty when it does. */
  Optional<Instant> since(WebhookId webhook) {
    return Optional.ofNullable(since.get(webhook));
  }

  /** Until when the webhook's breaker lets nothing through; empty when it is closed. */
  Optional<Instant> openUntil(WebhookId webhook) {
    return Optional.ofNullable(openUntil.get(webhook));
  }
}
