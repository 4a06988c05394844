package io.switchhook.testkit.contract;

import static io.switchhook.testkit.contract.Records.ACME;
import static io.switchhook.testkit.contract.Records.LATE;
import static io.switchhook.testkit.contract.Records.append;
import static io.switchhook.testkit.contract.Records.call;
import static io.switchhook.testkit.contract.Records.callOf;
import static io.switchhook.testkit.contract.Records.entries;
import static io.switchhook.testkit.contract.Records.event;
import static io.switchhook.testkit.contract.Records.note;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.event.PartitionList;
import io.switchhook.journal.EndedSegment;
import io.switchhook.journal.Extent;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.Page;
import io.switchhook.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How every journal lets go of its oldest day, and what it tells afterwards. */
public abstract class JournalRetentionContract {
  /** The usual records of these tests are in this partition. */
  protected static final int PARTITION = 17;

  private static final int OTHER_PARTITION = 40;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant MIDNIGHT = Instant.parse("2026-11-23T00:00:00Z");

  /** The time that the journal under test goes by. */
  protected final SettableClock clock = new SettableClock(LATE);

  /** The journal under test. */
  protected Journal journal;

  private int putInto = PARTITION;

  /** Makes an empty journal. */
  protected abstract Journal create(JournalSettings settings);

  /** Closes the journal and opens it again; one that keeps nothing past its end stays open. */
  protected abstract Journal reopen(Journal whole, JournalSettings settings);

  private JournalSettings settings() {
    return JournalSettings.of(_ -> new PartitionList(List.of(putInto)), clock);
  }

  private JournalSettings settings(Map<Integer, Long> floor) {
    return new JournalSettings(
        _ -> new PartitionList(List.of(putInto)),
        clock,
        JournalSettings.DEDUPE_WINDOW,
        floor,
        JournalSettings.RECENT_RECORDS_MAX);
  }

  @BeforeEach
  void createJournal() {
    journal = create(settings());
  }

  @AfterEach
  void closeJournal() {
    journal.close();
  }

  /** Appends {@code perDay} records on each of so many days; the last day stays open. */
  private List<JournalRecord> days(int days, int perDay) {
    var all = new ArrayList<JournalRecord>();
    for (int day = 0; day < days; day++) {
      if (day > 0) {
        clock.advance(DAY);
      }
      for (int i = 0; i < perDay; i++) {
        all.addAll(append(journal, event(call("call " + i), "day " + day + " event " + i)));
      }
    }
    return all;
  }

  private EndedSegment oldestEnded() {
    return journal.oldestEnded().orElseThrow();
  }

  @Test
  void openDayIsNeverOffered() {
    assertThat(journal.oldestEnded()).isEmpty();
    days(1, 3);
    assertThat(journal.oldestEnded()).isEmpty();
    // Ended by the clock, but nothing came since: it is where the next record's place is known
    // from.
    clock.advance(Duration.ofDays(60));
    assertThat(journal.oldestEnded()).isEmpty();
  }

  @Test
  void endedDaySaysWhenItWasAndWhatWillBeKept() {
    days(2, 3);

    var ended = oldestEnded();
    assertThat(ended.start()).isEqualTo(MIDNIGHT.minus(DAY));
    assertThat(ended.end()).isEqualTo(MIDNIGHT);
    assertThat(ended.firstKept().get(PARTITION)).isEqualTo(3);
    assertThat(ended.firstKept().get(OTHER_PARTITION)).isZero();
    assertThat(ended.isPast(DAY, MIDNIGHT.plus(DAY).minusMillis(1))).isFalse();
    assertThat(ended.isPast(DAY, MIDNIGHT.plus(DAY))).isTrue();
  }

  @Test
  void whatIsOfferedStaysTheSameUntilItIsDropped() {
    days(2, 3);
    var offered = oldestEnded();
    append(journal, event(call("a"), "today"));
    clock.advance(DAY);
    append(journal, event(call("a"), "tomorrow"));
    assertThat(oldestEnded()).isEqualTo(offered);

    journal = reopen(journal, settings());
    assertThat(oldestEnded()).isEqualTo(offered);
  }

  @Test
  void droppedDayIsGoneAndNotEmptyAndTheRestIsWhole() {
    var all = days(3, 4);
    assertThat(journal.drop(oldestEnded())).isTrue();

    assertThat(journal.oldest(PARTITION)).isEqualTo(4);
    assertThat(journal.end(PARTITION)).isEqualTo(12);
    for (long from = 0; from < 4; from++) {
      assertThat(journal.read(PARTITION, from, 10)).isEqualTo(new Page.Gone(4));
      assertThat(journal.readCompany(ACME, PARTITION, from, 10)).isEqualTo(new Page.Gone(4));
    }
    assertThat(Records.readAll(journal, PARTITION, 4, 3)).isEqualTo(all.subList(4, 12));
    assertThat(callOf(journal, call("call 1"))).containsExactly(all.get(5), all.get(9));
    assertThat(journal.extent()).isEqualTo(new Extent(2, Optional.of(all.get(4).acceptedAt())));
  }

  @Test
  void droppedDayStaysGoneAfterRestart() {
    var all = days(3, 4);
    journal.drop(oldestEnded());
    journal = reopen(journal, settings(Map.of(PARTITION, 4L)));

    assertThat(journal.read(PARTITION, 3, 10)).isEqualTo(new Page.Gone(4));
    assertThat(Records.everything(journal)).isEqualTo(all.subList(4, 12));
    assertThat(oldestEnded().firstKept().get(PARTITION)).isEqualTo(8);
    assertThat(append(journal, event(call("call 0"), "next")).getFirst().offset()).isEqualTo(12);
  }

  @Test
  void sameDayIsDroppedOnce() {
    days(3, 4);
    var first = oldestEnded();

    assertThat(journal.drop(first)).isTrue();
    assertThat(journal.drop(first)).isFalse();
    assertThat(journal.oldest(PARTITION)).isEqualTo(4);
  }

  @Test
  void dayThatIsNotTheOldestIsNotDropped() {
    days(3, 4);
    var first = oldestEnded();
    var inTheMiddle =
        new EndedSegment(first.start().plus(DAY), first.end().plus(DAY), first.firstKept());

    assertThat(journal.drop(inTheMiddle)).isFalse();
    assertThat(journal.oldest(PARTITION)).isZero();
  }

  @Test
  void everyDayButTheOpenOneCanGo() {
    var all = days(5, 2);
    int dropped = 0;
    while (journal.oldestEnded().isPresent()) {
      assertThat(journal.drop(oldestEnded())).isTrue();
      dropped++;
    }

    assertThat(dropped).isEqualTo(4);
    assertThat(Records.everything(journal)).isEqualTo(all.subList(8, 10));
    assertThat(journal.extent().segments()).isEqualTo(1);
  }

  @Test
  void partitionOfWhichNothingIsLeftIsGoneBelowItsEndAndGoesOnThere() {
    putInto = OTHER_PARTITION;
    append(journal, event(call("a"), "1"), event(call("a"), "2"));
    putInto = PARTITION;
    clock.advance(DAY);
    append(journal, event(call("b"), "1"));
    journal.drop(oldestEnded());

    assertThat(journal.oldest(OTHER_PARTITION)).isEqualTo(2);
    assertThat(journal.end(OTHER_PARTITION)).isEqualTo(2);
    assertThat(journal.read(OTHER_PARTITION, 0, 5)).isEqualTo(new Page.Gone(2));
    assertThat(journal.read(OTHER_PARTITION, 2, 5)).isEqualTo(new Page.Records(List.of(), 2));
    journal = reopen(journal, settings(Map.of(OTHER_PARTITION, 2L)));
    assertThat(journal.read(OTHER_PARTITION, 1, 5)).isEqualTo(new Page.Gone(2));
    putInto = OTHER_PARTITION;
    assertThat(append(journal, event(call("c"), "1")).getFirst())
        .satisfies(record -> assertThat(record.partition()).isEqualTo(OTHER_PARTITION))
        .satisfies(record -> assertThat(record.offset()).isEqualTo(2))
        .satisfies(record -> assertThat(record.sequence()).isEqualTo(1));
  }

  @Test
  void repeatWithinTheWindowIsKnownWhenOlderDaysWereDropped() {
    for (int day = 0; day < 5; day++) {
      append(journal, event(call("a"), "day " + day), note(call("a"), "note " + day));
      clock.advance(DAY);
    }
    append(journal, event(call("b"), "1"));
    // All that the window may still need: it begins with the call's last event, four days.
    while (oldestEnded().isPast(JournalSettings.DEDUPE_WINDOW, clock.instant())) {
      journal.drop(oldestEnded());
    }
    journal = reopen(journal, settings());

    assertThat(journal.oldest(PARTITION)).isPositive();
    assertThat(entries(journal, event(call("a"), "day 4")).getFirst().duplicate()).isTrue();
    var next = entries(journal, event(call("a"), "next")).getFirst();
    assertThat(next.duplicate()).isFalse();
    assertThat(next.record().sequence()).isEqualTo(6);
  }

  @Test
  void repeatOfARecordThatWasDroppedIsKeptAsNewAndCountsOn() {
    append(journal, event(call("a"), "first"));
    for (int day = 1; day < 7; day++) {
      clock.advance(DAY);
      append(journal, event(call("a"), "day " + day));
    }
    journal.drop(oldestEnded());

    for (var reopened : new boolean[] {false, true}) {
      journal = reopened ? reopen(journal, settings()) : journal;
      var again = entries(journal, event(call("a"), "first")).getFirst();
      assertThat(again.duplicate()).isEqualTo(reopened);
      assertThat(again.record().sequence()).isEqualTo(8);
    }
  }

  @Test
  void callThatIsInTwoPartitionsIsReadInEachByItsOwnOffsets() {
    putInto = OTHER_PARTITION;
    var before = append(journal, event(call("a"), "1"), event(call("a"), "2"));
    putInto = PARTITION;
    clock.advance(JournalSettings.DEDUPE_WINDOW.plusMillis(1));
    var after = append(journal, event(call("a"), "3"));

    assertThat(journal.partitionsOf(call("a"))).containsExactly(OTHER_PARTITION, PARTITION);
    assertThat(journal.readCall(OTHER_PARTITION, call("a"), 0, 10)).isEqualTo(before);
    assertThat(journal.readCall(PARTITION, call("a"), 0, 10)).isEqualTo(after);
    assertThat(journal.readCall(PARTITION, call("a"), 1, 10)).isEmpty();
    journal.drop(oldestEnded());
    assertThat(journal.partitionsOf(call("a"))).containsExactly(PARTITION);
  }

  @Test
  void extentOfAnEmptyJournalHasNoOldestRecord() {
    assertThat(journal.extent().oldestAcceptedAt()).isEmpty();
  }

  @Test
  void readsAndAppendsGoOnWhileDaysAreDropped() throws Exception {
    days(20, 10);
    var done = new AtomicBoolean();
    try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
      var reading = new ArrayList<Future<?>>();
      for (int i = 0; i < 4; i++) {
        reading.add(readers.submit(() -> readUntil(done)));
      }
      var appending =
          readers.submit(
              () -> {
                for (int i = 0; !done.get(); i++) {
                  append(journal, event(call("new"), "event " + i));
                }
              });
      while (journal.oldestEnded().isPresent()) {
        assertThat(journal.drop(oldestEnded())).isTrue();
      }
      done.set(true);
      for (var reader : reading) {
        reader.get();
      }
      appending.get();
    }
    assertThat(journal.oldest(PARTITION)).isEqualTo(190);
  }

  /** Every read of a dropped day is told as gone, every other one is whole. */
  private void readUntil(AtomicBoolean done) {
    while (!done.get()) {
      for (long from = 0; from < 200; from += 7) {
        switch (journal.read(PARTITION, from, 10)) {
          case Page.Gone(long oldest) -> assertThat(oldest).isGreaterThan(from);
          case Page.Records(var records, _) ->
              assertThat(records.getFirst().offset()).isEqualTo(from);
        }
      }
      assertThat(callOf(journal, call("call 1"))).isNotEmpty();
      assertThat(journal.extent().oldestAcceptedAt()).isPresent();
    }
  }
}
