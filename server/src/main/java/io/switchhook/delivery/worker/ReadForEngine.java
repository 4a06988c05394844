package io.switchhook.delivery.worker;

import io.switchhook.delivery.CursorStore;
import io.switchhook.delivery.Feed;
import io.switchhook.delivery.GiveUps;
import io.switchhook.delivery.engine.CallThread;
import io.switchhook.delivery.engine.Effect;
import io.switchhook.delivery.engine.Input;
import io.switchhook.event.CallId;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what an engine asks for. Safe for all threads; blocks for as long as the stores take. */
final class ReadForEngine {
  private static final Logger LOG = LoggerFactory.getLogger(ReadForEngine.class);

  private final Journal journal;
  private final CursorStore cursors;

  ReadForEngine(Journal journal, CursorStore cursors) {
    this.journal = journal;
    this.cursors = cursors;
  }

  Input partition(Effect.ReadPartition read) {
    return switch (journal.read(read.partition(), read.from(), read.max())) {
      case Page.Records(var records, _) ->
          new Input.PartitionRead(
              read.partition(),
              read.feed(),
              read.from(),
              records,
              giveUps(read.feed(), read.partition(), records));
      case Page.Gone(long oldest) -> {
        LOG.atError()
            .addKeyValue("partition", read.partition())
            .addKeyValue("from_offset", read.from())
            .addKeyValue("to_offset", oldest)
            .log("journal.records_lost");
        yield new Input.PartitionGap(read.partition(), read.feed(), oldest);
      }
    };
  }

  /** What is recorded of these records, for a replay; nobody else asks. */
  private GiveUps giveUps(@Nullable Feed feed, int partition, List<JournalRecord> records) {
    if (feed == null || feed.isLive() || records.isEmpty()) {
      return GiveUps.none();
    }
    var from = records.getFirst().offset();
    var to = records.getLast().offset() + 1;
    return GiveUps.of(feed.webhook(), cursors.giveUps(partition, from, to));
  }

  Input thread(Effect.ReadThread read) {
    var webhook = read.lane().webhook();
    var call = read.lane().call();
    var first = firstOffset(read.partition(), call);
    var giveUps = GiveUps.of(webhook, cursors.giveUps(read.partition(), first, read.below()));
    var thread = new CallThread(read.catalog(), webhook, giveUps);
    var from = first;
    while (from < read.below()) {
      var page = journal.readCall(read.partition(), call, from, Journal.PAGE_RECORDS_MAX);
      page.stream().takeWhile(record -> record.offset() < read.below()).forEach(thread::add);
      if (page.size() < Journal.PAGE_RECORDS_MAX) {
        break;
      }
      from = page.getLast().offset() + 1;
    }
    return new Input.ThreadRead(read.partition(), read.lane(), thread.previous(), thread.skipped());
  }

  private long firstOffset(int partition, CallId call) {
    var first = journal.readCall(partition, call, 0, 1);
    return first.isEmpty() ? 0 : first.getFirst().offset();
  }

  Input lane(Effect.ReadLane read) {
    var page = journal.readCall(read.partition(), read.lane().call(), read.from(), read.max());
    List<JournalRecord> below =
        page.stream().takeWhile(record -> record.offset() < read.bound()).toList();
    var isWhole = below.size() < page.size() || page.size() < read.max();
    var readTo = isWhole ? read.bound() : below.getLast().offset() + 1;
    return new Input.LaneRead(
        read.partition(),
        read.lane(),
        below,
        readTo,
        giveUps(read.lane().feed(), read.partition(), below));
  }
}
