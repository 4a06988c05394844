package io.switchhook.replay.memory;

import io.switchhook.delivery.ReplayId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Invariant;
import io.switchhook.event.WebhookId;
import io.switchhook.replay.ReplayStore;
import io.switchhook.replay.StoredReplay;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link ReplayStore} that forgets everything when the process ends. */
public final class MemoryReplayStore implements ReplayStore {
  // Guarded by this; oldest first.
  private final Map<ReplayId, StoredReplay> replays = new LinkedHashMap<>();

  @Override
  public synchronized void add(StoredReplay replay) {
    var webhook = replay.replay().webhook();
    Invariant.check(
        !replay.isRunning()
            || running().stream().noneMatch(one -> one.replay().webhook().equals(webhook)),
        "one replay of a webhook runs at a time");
    replays.put(replay.replay().id(), replay);
    ofWebhook(webhook).stream()
        .skip(KEPT_MAX)
        .filter(old -> !old.isRunning())
        .forEach(old -> replays.remove(old.replay().id()));
  }

  @Override
  public synchronized void update(StoredReplay replay) {
    replays.computeIfPresent(replay.replay().id(), (_, _) -> replay);
  }

  @Override
  public synchronized Optional<StoredReplay> find(CompanyId company, ReplayId id) {
    return Optional.ofNullable(replays.get(id)).filter(one -> one.company().equals(company));
  }

  @Override
  public synchronized List<StoredReplay> ofWebhook(WebhookId webhook) {
    return replays.values().stream()
        .filter(one -> one.replay().webhook().equals(webhook))
        .toList()
        .reversed();
  }

  @Override
  public synchronized List<StoredReplay> running() {
    return replays.values().stream().filter(StoredReplay::isRunning).toList();
  }
}
