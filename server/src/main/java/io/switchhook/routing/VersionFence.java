package io.switchhook.routing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Lets a change of webhooks take hold between two events. The one who changes holds the partitions,
 * stores the new version durably with the offsets that it got, and releases them with the new
 * catalog; when storing failed, with the old one.
 */
public interface VersionFence {
  /**
   * Stops the routing of these partitions for a moment; completes with the first offset of each at
   * which a change that is stored now holds. No event at or above it has been routed.
   */
  CompletionStage<Map<Integer, Long>> hold(List<Integer> partitions);

  /**
   * Puts the catalog in place and lets routing go on. Completes when no event is routed by an older
   * one any more.
   */
  CompletionStage<Void> release(List<Integer> partitions, WebhookCatalog catalog);
}
