package io.switchhook.runtime;

import io.switchhook.company.Webhooks;
import io.switchhook.config.Settings;
import io.switchhook.delivery.worker.PartitionWorkers;
import io.switchhook.event.PartitionList;
import io.switchhook.history.HistoryStore.Forgotten;
import io.switchhook.history.HistoryWriter;
import io.switchhook.telemetry.Telemetry;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts retention together from the parts of a server. */
final class OpenRetention {
  private static final Logger LOG = LoggerFactory.getLogger(OpenRetention.class);

  private final Settings settings;
  private final Stores stores;
  private final HistoryWriter history;
  private final Webhooks webhooks;

  OpenRetention(Settings settings, Stores stores, HistoryWriter history, Webhooks webhooks) {
    this.settings = settings;
    this.stores = stores;
    this.history = history;
    this.webhooks = webhooks;
  }

  /** Starts the rounds; the first one comes at once, so delivery must run. */
  RetentionRounds start(
      PartitionWorkers workers,
      DeliveryProgress progress,
      Telemetry telemetry,
      InstantSource engineTime) {
    var giveUp = new GiveUpDay(workers::retire);
    progress.tell(giveUp);
    telemetry.journal().tellAgeBy(engineTime);
    return new RetentionRounds(
        new Retention.Parts(
            settings.data().retention(),
            stores.journal,
            day -> history.forgetBefore(day).thenApply(gone -> counted(gone, telemetry)),
            new RetentionState(stores.state),
            giveUp,
            this::tidy,
            telemetry.journal(),
            engineTime,
            System::nanoTime));
  }

  /**
   * What was open when its day went, was given up unread, in records that do not say how many: it
   * is counted here.
   */
  private int counted(Forgotten gone, Telemetry telemetry) {
    gone.open()
        .forEach(
            (webhook, count) -> {
              if (webhooks.catalog().find(webhook).isPresent()) {
                telemetry.delivery().gaveUp("retention", count);
                LOG.atWarn()
                    .addKeyValue("webhook", webhook)
                    .addKeyValue("events", count)
                    .addKeyValue("reason", "retention")
                    .log("delivery.given_up_unread");
              }
            });
    return gone.days();
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
