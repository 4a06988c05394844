package io.switchhook.runtime;

import io.switchhook.delivery.worker.PartitionWorkers;
import io.switchhook.replay.Replays;
import io.switchhook.telemetry.DeliveryMetrics;

/** Lets the metrics show what goes on in delivery now. */
final class DeliveryGauges {
  private DeliveryGauges() {}

  static void watch(DeliveryMetrics metrics, PartitionWorkers workers, Replays replays) {
    metrics.watchLanes(() -> workers.load().lanes());
    metrics.watchInFlight(() -> workers.load().inFlight());
    metrics.watchDetached(workers::detachedWebhooks);
    metrics.watchBreakers(workers::openBreakers);
    metrics.watchReplays(replays::running);
  }
}
