package io.switchhook.replay;

import io.switchhook.delivery.ReplayId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import java.util.List;
import java.util.Optional;

/**
 * Keeps replays. What was written is durable, and can be read, when the write returned. All methods
 * may be called from any thread, block for as long as the store takes, and fail with {@link
 * ReplayStoreException}.
 */
public interface ReplayStore {
  /** The most replays of one webhook that are kept: beyond it the oldest that are over go. */
  int KEPT_MAX = 100;

  /** Keeps a new replay; of one webhook at most one runs. */
  void add(StoredReplay replay);

  /** Keeps how a replay stands now. */
  void update(StoredReplay replay);

  /** A company's replay. */
  Optional<StoredReplay> find(CompanyId company, ReplayId id);

  /** A webhook's replays, newest first. */
  List<StoredReplay> ofWebhook(WebhookId webhook);

  /** All that run, oldest first. */
  List<StoredReplay> running();
}
