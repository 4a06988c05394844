package io.switchhook.history;

import io.switchhook.delivery.FeedCursor;
import io.switchhook.delivery.GiveUp;
import io.switchhook.delivery.GiveUps;
import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.LaneRow;
import io.switchhook.delivery.PartitionState;
import io.switchhook.event.WebhookId;
import io.switchhook.history.HistoryStore.Open;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * What a crash can take from history, and how it comes back.
 *
 * History is written a moment after the delivery engine acted, so a crash loses that moment. The
 * truth is elsewhere and durable: the journal says which events there are, routing says who wants
 * them, and the cursors say what is terminal:
 *
 *   a delivery is terminal  <=>  its offset is below its lane's head, or, when its call has no
 *                                lane at the webhook, below the cursor of the webhook, which is the
 *                                partition's watermark unless it is detached
 *   a terminal delivery was given up  <=>  there is a give-up for it; otherwise it was delivered
 *
 * So history stores, for each partition, up to where everything that was observed is written, and
 * at the start
 *   1. walks the journal from there to where the cursors end, and tells itself about each event;
 *   2. looks at each delivery that is still open in its files, wherever it is.
 * What is not terminal is told again by the engine itself. Both steps may be cut short by another
 * crash: they only ever settle what is open.
 */
/** Brings history in line with the delivery truth, at the start. */
public final class HistoryRepair implements HistoryWriter.Repair {
  static final int PAGE_SIZE = 512;

  private static final Logger LOG = LoggerFactory.getLogger(HistoryRepair.class);

  private final HistoryStore store;
  private final Journal journal;
  private final Truth truth;
  private final Map<Integer, PartitionState> states;
  private final Map<Integer, Map<LaneKey, LaneRow>> lanes = new HashMap<>();
  private long checked;

  /**
   * What history needs to know of the delivery truth.
   *
   * @param states of the partitions that are owned, as they were when they were acquired
   * @param giveUps reads the give-ups of a range
   * @param routes says who wants an event, by the versions in force at its offset
   */
  public record Truth(
      List<PartitionState> states, ReadGiveUps giveUps, Function<JournalRecord, WantedBy> routes) {
    public Truth {
      states = List.copyOf(states);
    }
  }

  /** Reads give-ups: {@code CursorStore::giveUps}. */
  @FunctionalInterface
  public interface ReadGiveUps {
    /** The give-ups of a partition in an offset range. */
    List<GiveUp> in(int partition, long fromOffsetInclusive, long toOffsetExclusive);
  }

  /** Who wants an event, and who would if it were not disabled. */
  public record WantedBy(List<WebhookId> wanted, List<WebhookId> disabled) {
    public WantedBy {
      wanted = List.copyOf(wanted);
      disabled = List.copyOf(disabled);
    }
  }

  /** A repair of this store; {@link #run} does it. */
  public HistoryRepair(HistoryStore store, Journal journal, Truth truth) {
    this.store = store;
    this.journal = journal;
    this.truth = truth;
    this.states =
        truth.states().stream()
            .collect(Collectors.toMap(PartitionState::partition, Function.identity()));
    for (var state : truth.states()) {
      lanes.put(
          state.partition(),
          state.lanes().stream().collect(Collectors.toMap(LaneRow::key, Function.identity())));
    }
  }

  @Override
  public boolean run(BooleanSupplier isStopping) {
    var watermarks = store.watermarks();
    boolean whole = true;
    for (var state : truth.states()) {
      whole = whole && walk(state, watermarks.getOrDefault(state.partition(), 0L), isStopping);
    }
    whole = whole && settleOpen(isStopping);
    if (checked > 0) {
      LOG.atInfo()
          .addKeyValue("deliveries_checked", checked)
          .addKeyValue("whole", whole)
          .log("history.repaired");
    }
    return whole;
  }

  private boolean walk(PartitionState state, long writtenTo, BooleanSupplier isStopping) {
    var end =
        Math.min(
            journal.end(state.partition()),
            Math.max(
                state.lanes().stream()
                    .mapToLong(LaneRow::head)
                    .reduce(state.watermark(), Math::max),
                state.feeds().stream().mapToLong(FeedCursor::offset).reduce(0, Math::max)));
    var from = writtenTo;
    while (from < end) {
      if (isStopping.getAsBoolean()) {
        return false;
      }
      switch (journal.read(state.partition(), from, PAGE_SIZE)) {
        case Page.Gone(long oldest) -> from = Math.max(from + 1, oldest);
        case Page.Records(var records, long next) -> {
          tellAbout(records.stream().filter(record -> record.offset() < end).toList());
          from = Math.max(from + 1, next);
        }
      }
    }
    if (state.watermark() > writtenTo) {
      store.writeWatermarks(Map.of(state.partition(), state.watermark()));
    }
    return true;
  }

  private void tellAbout(List<JournalRecord> records) {
    var events = records.stream().filter(record -> record.kind().isEvent()).toList();
    if (events.isEmpty()) {
      return;
    }
    var givenUp = giveUps(events.getFirst(), events.getLast());
    var changes = new ArrayList<Change>();
    for (var event : events) {
      var ref = EventRef.of(event);
      var by = truth.routes().apply(event);
      changes.addAll(Changes.ofRouting(event, by.wanted(), by.disabled()));
      for (var webhook : by.wanted()) {
        if (isTerminal(ref, webhook)) {
          changes.add(settled(ref, webhook, GiveUps.of(webhook, givenUp).of(ref.offset())));
        }
      }
    }
    store.write(changes);
  }

  private List<GiveUp> giveUps(JournalRecord first, JournalRecord last) {
    return truth.giveUps().in(first.partition(), first.offset(), last.offset() + 1);
  }

  private boolean isTerminal(EventRef event, WebhookId webhook) {
    var state = states.get(event.partition());
    if (state == null) {
      return false;
    }
    var ofPartition = lanes.getOrDefault(event.partition(), Map.of());
    var lane = ofPartition.get(new LaneKey(webhook, event.call()));
    return event.offset() < (lane == null ? state.cursor(webhook) : lane.head());
  }

  private Change settled(EventRef event, WebhookId webhook, Optional<GiveUp> giveUp) {
    checked++;
    return giveUp
        .<Change>map(
            known ->
                new Change.Settled(
                    event, webhook, DeliveryOutcome.givenUp(known.reason()), known.at()))
        .orElseGet(
            () -> new Change.Settled(event, webhook, DeliveryOutcome.DELIVERED, /* at= */ null));
  }

  private boolean settleOpen(BooleanSupplier isStopping) {
    Open after = null;
    List<Open> page;
    do {
      if (isStopping.getAsBoolean()) {
        return false;
      }
      page = store.open(after, PAGE_SIZE);
      var changes = new ArrayList<Change>();
      for (var open : page) {
        if (isTerminal(open.event(), open.webhook())) {
          changes.add(settledOpen(open));
        }
        after = open;
      }
      store.write(changes);
    } while (page.size() == PAGE_SIZE);
    return true;
  }

  private Change settledOpen(Open open) {
    var event = open.event();
    var recorded = truth.giveUps().in(event.partition(), event.offset(), event.offset() + 1);
    var giveUp = GiveUps.of(open.webhook(), recorded).of(event.offset());
    if (giveUp.isEmpty() && isNoLongerWanted(open)) {
      // The webhook was deleted, its rows with it: what was open then was not told.
      checked++;
      return new Change.Settled(
          event, open.webhook(), DeliveryOutcome.GIVEN_UP_DISABLED, (Instant) null);
    }
    return settled(event, open.webhook(), giveUp);
  }

  private boolean isNoLongerWanted(Open open) {
    var event = open.event();
    return switch (journal.read(event.partition(), event.offset(), 1)) {
      case Page.Gone _ -> false;
      case Page.Records(var records, _) ->
          records.stream()
              .filter(record -> record.offset() == event.offset())
              .noneMatch(record -> truth.routes().apply(record).wanted().contains(open.webhook()));
    };
  }
}
