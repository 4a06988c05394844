package io.switchhook.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.event.Kind;
import io.switchhook.event.PartitionList;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.memory.MemoryJournal;
import io.switchhook.source.FollowJournal.Progress;
import io.switchhook.source.memory.MemoryFollowCursors;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done when some of the journal cannot be read: the rest is followed all the same. */
class FollowTroubleTest {
  private static final int FIRST = 7;
  private static final int SECOND = 40;

  private final FailingJournal journal =
      new FailingJournal(
          new MemoryJournal(
              JournalSettings.of(
                  _ -> new PartitionList(List.of(FIRST, SECOND)), () -> Calls.START)));
  private final MemoryFollowCursors cursors = new MemoryFollowCursors();
  private long nanos;
  private final Troubles troubles = new Troubles(() -> nanos);
  private final FollowJournal follow =
      new FollowJournal(journal, cursors, Calls.COMPANY::equals, troubles);
  private final String one = uidIn(FIRST, 1);
  private final String damaged = uidIn(FIRST, 2);
  private final String three = uidIn(FIRST, 3);
  private final String elsewhere = uidIn(SECOND, 4);

  @BeforeEach
  void fourCallsHaveEnded() {
    follow.open();
    for (var uid : List.of(one, damaged, three, elsewhere)) {
      journal.append(Calls.of(uid).state(0, 1).state(9, 2).toAppend());
    }
  }

  private static String uidIn(int partition, int number) {
    var list = new PartitionList(List.of(FIRST, SECOND));
    return IntStream.range(0, 1_000)
        .mapToObj(i -> "call " + number + "." + i)
        .filter(uid -> list.partitionOf(Calls.of(uid).call()) == partition)
        .findFirst()
        .orElseThrow();
  }

  private List<JournalRecord> logs(String uid) {
    journal.unreadableUids.clear();
    return journal.partitionsOf(Calls.of(uid).call()).stream()
        .flatMap(partition -> journal.readCall(partition, Calls.of(uid).call(), 0, 100).stream())
        .filter(record -> record.kind() == Kind.AFTER_CALL)
        .toList();
  }

  private void tryUntilSkipped() {
    for (int i = 1; i < Troubles.TRIES_MAX; i++) {
      assertThat(follow.catchUp()).isEqualTo(Progress.LATER);
      assertThat(troubles.skipped()).isZero();
      nanos += Duration.ofMinutes(2).toNanos();
    }
    assertThat(follow.catchUp()).isEqualTo(Progress.GOING_ON);
    assertThat(troubles.skipped()).isEqualTo(1);
  }

  @Test
  void callThatCannotBeReadKeepsNoOtherPartitionWaiting() {
    journal.unreadableUids.add(damaged);
    assertThat(follow.catchUp()).isEqualTo(Progress.LATER);

    assertThat(logs(one)).hasSize(1);
    assertThat(logs(elsewhere)).hasSize(1);
    assertThat(logs(three)).isEmpty();
  }

  @Test
  void callThatCanBeReadAgainGetsItsLogAndNothingIsSkipped() {
    journal.unreadableUids.add(damaged);
    follow.catchUp();
    journal.unreadableUids.clear();
    assertThat(follow.catchUp()).isEqualTo(Progress.LATER);
    assertThat(logs(damaged)).isEmpty();
    nanos += Duration.ofSeconds(1).toNanos();

    assertThat(follow.catchUp()).isEqualTo(Progress.GOING_ON);
    assertThat(logs(damaged)).hasSize(1);
    assertThat(logs(three)).hasSize(1);
    assertThat(troubles.skipped()).isZero();
  }

  @Test
  void callThatStaysUnreadableIsSkippedAndCountedAndTheOthersGoOn() {
    journal.unreadableUids.add(damaged);
    tryUntilSkipped();

    assertThat(logs(one)).hasSize(1);
    assertThat(logs(damaged)).isEmpty();
    assertThat(logs(three)).hasSize(1);
    follow.storeCursors();
    assertThat(cursors.load()).containsAllEntriesOf(Map.of(FIRST, journal.end(FIRST)));
  }

  @Test
  void recordThatCannotBeReadIsPassedOver() {
    // The end of the damaged call: its records are 2 and 3.
    journal.unreadableOffsets.add(3L);
    tryUntilSkipped();

    assertThat(logs(one)).hasSize(1);
    assertThat(logs(three)).hasSize(1);
  }

  @Test
  void logThatCannotBeAppendedKeepsNoOtherOfItsBatch() {
    journal.unappendableUids.add(damaged);
    tryUntilSkipped();

    assertThat(logs(one)).hasSize(1);
    assertThat(logs(damaged)).isEmpty();
    assertThat(logs(three)).hasSize(1);
  }

  @Test
  void whatIsHeardWhileAPartitionIsBehindIsReadLater() {
    journal.unreadableUids.add(damaged);
    follow.catchUp();
    var late = uidIn(FIRST, 5);
    journal.listen(
        (partition, records) ->
            assertThat(follow.heard(partition, records)).isEqualTo(Progress.GOING_ON));
    journal.append(Calls.of(late).state(0, 1).state(9, 2).toAppend());
    assertThat(logs(late)).isEmpty();
    nanos += Duration.ofSeconds(1).toNanos();
    follow.catchUp();

    assertThat(logs(late)).hasSize(1);
  }
}
