package io.switchhook.runtime;

import io.switchhook.company.Webhooks;
import io.switchhook.config.Settings;
import io.switchhook.delivery.worker.PartitionWorkers;
import io.switchhook.event.PartitionList;
import io.switchhook.history.HistoryStore;
import io.switchhook.telemetry.JournalMetrics;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts retention together from the parts of a server. */
final class OpenRetention {
  private static final Logger LOG = LoggerFactory.getLogger(OpenRetention.class);

  private final Settings settings;
  private final Stores stores;
  private final HistoryStore history;
  private final Webhooks webhooks;

  OpenRetention(Settings settings, Stores stores, HistoryStore history, Webhooks webhooks) {
    this.settings = settings;
    this.stores = stores;
    this.history = history;
    this.webhooks = webhooks;
  }

  /** Starts the rounds; the first one comes at once, so delivery must run. */
  RetentionRounds start(
      PartitionWorkers workers,
      DeliveryProgress progress,
      JournalMetrics metrics,
      InstantSource engineTime) {
    var giveUp = new GiveUpDay(workers::retire);
    progress.tell(giveUp);
    metrics.tellAgeBy(engineTime);
    return new RetentionRounds(
        new Retention.Parts(
            settings.data().retention(),
            stores.journal,
            history,
            new RetentionState(stores.state),
            giveUp,
            this::tidy,
            metrics,
            engineTime,
            System::nanoTime));
  }

  /** Drops rows about events that are not kept, so that they do not grow for ever. */
  private void tidy(Instant recordedBefore) {
    long giveUps = 0;
    for (int partition = 0; partition < PartitionList.PARTITION_COUNT; partition++) {
      giveUps +=
          stores.cursors.forgetGiveUps(partition, stores.journal.oldest(partition), recordedBefore);
    }
    var change = webhooks.dropOldVersions(stores.journal::oldest).toCompletableFuture().join();
    LOG.atInfo()
        .addKeyValue("give_ups", giveUps)
        .addKeyValue("webhooks", change)
        .log("retention.tidied");
  }
}
