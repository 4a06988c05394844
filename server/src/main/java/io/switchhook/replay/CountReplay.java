package io.switchhook.replay;

import io.switchhook.delivery.CursorStore;
import io.switchhook.delivery.GiveUps;
import io.switchhook.delivery.Replay;
import io.switchhook.delivery.Replay.Only;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.Page;
import io.switchhook.routing.LogFields;
import io.switchhook.routing.Route;
import io.switchhook.routing.Router;
import io.switchhook.routing.WebhookCatalog.Entry;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Counts the events that a replay is about, as the engine is going to choose them; but what is
 * still being told by itself counts too, since only the engine knows that. Reads the journal in
 * pages, so it blocks.
 */
final class CountReplay {
  private static final int PAGE_RECORDS = 1_000;

  private final Journal journal;
  private final CursorStore cursors;
  private final BooleanSupplier isStopping;

  /**
   * @param isStopping asked between pages; when it says yes, counting ends
   */
  CountReplay(Journal journal, CursorStore cursors, BooleanSupplier isStopping) {
    this.journal = journal;
    this.cursors = cursors;
    this.isStopping = isStopping;
  }

  /**
   * Counts.
   *
   * @throws CancellationException when it was to stop
   */
  long count(Entry webhook, Replay replay) {
    var call = replay.call();
    var total = 0L;
    for (int partition : replay.ends().keySet()) {
      total +=
          call == null
              ? inPartition(webhook, replay, partition)
              : ofCall(webhook, replay, partition, call);
    }
    return total;
  }

  private long ofCall(Entry webhook, Replay replay, int partition, CallId call) {
    var total = 0L;
    var from = 0L;
    List<JournalRecord> page;
    do {
      stopWhenAsked();
      page = journal.readCall(partition, call, from, PAGE_RECORDS);
      total += among(webhook, replay, page);
      from = page.isEmpty() ? from : page.getLast().offset() + 1;
    } while (page.size() == PAGE_RECORDS);
    return total;
  }

  private long inPartition(Entry webhook, Replay replay, int partition) {
    CompanyId company = webhook.webhook().company();
    var total = 0L;
    var from = replay.start(partition);
    while (from < replay.end(partition)) {
      stopWhenAsked();
      switch (journal.readCompany(company, partition, from, PAGE_RECORDS)) {
        case Page.Gone(long oldest) -> from = Math.max(from + 1, oldest);
        case Page.Records(var records, long next) -> {
          total += among(webhook, replay, records);
          from = Math.max(from + 1, next);
        }
      }
    }
    return total;
  }

  private void stopWhenAsked() {
    if (isStopping.getAsBoolean()) {
      throw new CancellationException("the server is stopping");
    }
  }

  private long among(Entry webhook, Replay replay, List<JournalRecord> records) {
    var asked = records.stream().filter(replay::isAbout).toList();
    if (asked.isEmpty()) {
      return 0;
    }
    var giveUps = replay.only() == Only.ALL ? GiveUps.none() : giveUps(replay, asked);
    return asked.stream().filter(record -> isToldAgain(webhook, replay, record, giveUps)).count();
  }

  private GiveUps giveUps(Replay replay, List<JournalRecord> records) {
    var first = records.getFirst();
    var end = records.getLast().offset() + 1;
    return GiveUps.of(replay.webhook(), cursors.giveUps(first.partition(), first.offset(), end));
  }

  private static boolean isToldAgain(
      Entry webhook, Replay replay, JournalRecord record, GiveUps giveUps) {
    var fields = LogFields.of(record);
    return Router.matchesToday(webhook, record, fields)
        && (replay.only() == Only.ALL
            || giveUps.isGivenUp(record.offset())
            || (Router.route(webhook, record, fields) == Route.DISABLED
                && !giveUps.isToldByReplay(record.offset())));
  }
}
