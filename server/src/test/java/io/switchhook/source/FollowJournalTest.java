package io.switchhook.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.event.CallId;
import io.switchhook.event.Kind;
import io.switchhook.event.PartitionList;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.memory.MemoryJournal;
import io.switchhook.source.FollowJournal.Progress;
import io.switchhook.source.memory.MemoryFollowCursors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowJournalTest {
  private static final String A = "918586848501";
  private static final int PARTITION = 7;

  private Instant now = Calls.START;
  private final MemoryJournal journal =
      new MemoryJournal(JournalSettings.of(_ -> new PartitionList(List.of(PARTITION)), () -> now));
  private final MemoryFollowCursors cursors = new MemoryFollowCursors();
  private final List<List<JournalRecord>> heard = new ArrayList<>();

  FollowJournalTest() {
    journal.listen((_, records) -> heard.add(records));
  }

  @Test
  void endedCallGetsItsAfterCallLogOnce() {
    var follow = opened();

    journal.append(ended("c1").toAppend());
    tellHeard(follow);
    tellHeard(follow);
    follow.catchUp();

    assertThat(afterCallLogs("c1")).hasSize(1);
    assertThat(afterCallLogs("c1").getFirst().sequence()).isEqualTo(4);
  }

  @Test
  void callThatEndsLaterGetsItThen() {
    var follow = opened();
    var call = ended("c1").toAppend();

    journal.append(call.subList(0, 2));
    tellHeard(follow);
    assertThat(afterCallLogs("c1")).isEmpty();
    journal.append(call.subList(2, 3));
    tellHeard(follow);

    assertThat(afterCallLogs("c1")).hasSize(1);
    assertThat(afterCallLogs("c1").getFirst().body().utf8()).contains("\"_ld\":[{");
  }

  @Test
  void companyThatHasItSwitchedOffGetsNone() {
    var follow = new FollowJournal(journal, cursors, _ -> false, new Troubles(() -> 0));
    follow.open();

    journal.append(ended("c1").toAppend());
    follow.catchUp();

    assertThat(afterCallLogs("c1")).isEmpty();
  }

  @Test
  void crashBetweenTheEndAndItsAfterCallLogDoesNotLoseIt() {
    opened();
    journal.append(ended("c1").toAppend());
    // The process ends here: nothing was followed, no cursor was stored.

    var restarted = opened();
    restarted.catchUp();

    assertThat(afterCallLogs("c1")).hasSize(1);
  }

  @Test
  void crashBetweenTheAfterCallLogAndItsCursorDoesNotDoubleIt() {
    var follow = opened();
    journal.append(ended("c1").toAppend());
    follow.catchUp();
    // The process ends here: the cursor was not stored.

    var restarted = opened();
    restarted.catchUp();

    assertThat(afterCallLogs("c1")).hasSize(1);
  }

  @Test
  void uidThatComesAgainAfterTheDedupeWindowIsANewCallAlsoAfterARestart() {
    var follow = opened();
    journal.append(ended("c1").toAppend());
    follow.catchUp();
    now = now.plus(JournalSettings.DEDUPE_WINDOW).plus(Duration.ofHours(1));
    var again = ended("c1").toAppend();
    journal.append(again.subList(0, 2));
    follow.catchUp();
    follow.storeCursors();

    var restarted = opened();
    journal.append(again.subList(2, 3));
    restarted.catchUp();

    assertThat(afterCallLogs("c1")).hasSize(2);
  }

  @Test
  void callThatWasGoingOnAtARestartIsFoldedFromItsBeginning() {
    var follow = opened();
    var call = ended("c1").toAppend();
    journal.append(call.subList(0, 2));
    follow.catchUp();
    follow.storeCursors();

    var restarted = opened();
    journal.append(call.subList(2, 3));
    restarted.catchUp();

    assertThat(afterCallLogs("c1").getFirst().body().utf8()).contains(A);
  }

  @Test
  void storedCursorSparesReadingAgain() {
    var follow = opened();
    journal.append(ended("c1").toAppend());
    follow.catchUp();
    follow.storeCursors();

    assertThat(cursors.load()).containsEntry(PARTITION, journal.end(PARTITION));
  }

  @Test
  void firstStartEverLeavesOldCallsAlone() {
    journal.append(ended("old").toAppend());

    var follow = opened();
    follow.catchUp();

    assertThat(afterCallLogs("old")).isEmpty();
    assertThat(cursors.load()).hasSize(256).containsEntry(PARTITION, 3L);
  }

  @Test
  void whatWasNotHeardIsReadFromTheJournal() {
    var follow = opened();
    journal.append(ended("c1").toAppend());
    heard.clear();

    journal.append(ended("c2").toAppend());
    tellHeard(follow);

    assertThat(afterCallLogs("c1")).hasSize(1);
    assertThat(afterCallLogs("c2")).hasSize(1);
  }

  @Test
  void fullDiskPutsItOffAndNothingIsLost() {
    var follow = opened();
    journal.append(ended("c1").toAppend());
    journal.pretendFull(1);

    assertThat(follow.catchUp()).isEqualTo(Progress.LATER);
    follow.storeCursors();
    journal.pretendFull(-1);

    assertThat(follow.catchUp()).isEqualTo(Progress.GOING_ON);
    assertThat(afterCallLogs("c1")).hasSize(1);
  }

  @Test
  void closingJournalEndsIt() {
    var follow = opened();
    journal.append(ended("c1").toAppend());
    journal.close();

    assertThat(follow.catchUp()).isEqualTo(Progress.OVER);
  }

  @Test
  void recordsThatRetentionTookArePassedOver() {
    var follow = opened();
    journal.append(ended("c1").toAppend());
    now = now.plus(Duration.ofDays(1));
    journal.append(ended("c2").toAppend());
    assertThat(journal.drop(journal.oldestEnded().orElseThrow())).isTrue();

    assertThat(follow.catchUp()).isEqualTo(Progress.GOING_ON);

    assertThat(afterCallLogs("c1")).isEmpty();
    assertThat(afterCallLogs("c2")).hasSize(1);
  }

  @Test
  void journalThatWasCutShortIsFollowedFromItsEnd() {
    cursors.store(java.util.Map.of(PARTITION, 500L));
    var follow = opened();

    journal.append(ended("c1").toAppend());
    follow.catchUp();

    assertThat(afterCallLogs("c1")).hasSize(1);
  }

  @Test
  void callOfThousandsOfRecordsIsFoldedInPages() {
    var follow = opened();
    var call = Calls.of("long").state(0, 1);
    for (var i = 1; i <= 900; i++) {
      call.state(i, 5, A);
    }
    journal.append(call.state(2_000, 6, A).state(2_100, 2).toAppend());

    follow.catchUp();

    assertThat(afterCallLogs("long").getFirst().body().utf8()).contains("\"_dr\":\"00:35:00\"");
  }

  @Test
  void manyCallsThatEndTogetherAreAppendedInBatches() {
    var follow = opened();
    for (var i = 0; i < 450; i++) {
      journal.append(ended("c" + i).toAppend());
    }

    follow.catchUp();

    for (var i = 0; i < 450; i++) {
      assertThat(afterCallLogs("c" + i)).hasSize(1);
    }
  }

  @Test
  void afterCallLogThatCameByItselfIsNotDoubled() {
    var follow = opened();
    journal.append(
        Calls.of("c1").state(0, 1).record(Kind.AFTER_CALL, 0, Calls.START, "{}").toAppend());
    journal.append(Calls.of("c1").state(9, 2).toAppend());

    follow.catchUp();

    assertThat(afterCallLogs("c1")).hasSize(1);
  }

  private FollowJournal opened() {
    var follow = new FollowJournal(journal, cursors, Calls.COMPANY::equals, new Troubles(() -> 0));
    follow.open();
    return follow;
  }

  private void tellHeard(FollowJournal follow) {
    for (var records : List.copyOf(heard)) {
      assertThat(follow.heard(records.getFirst().partition(), records))
          .isEqualTo(Progress.GOING_ON);
    }
  }

  private List<JournalRecord> afterCallLogs(String uid) {
    var call = new CallId(Calls.COMPANY, uid);
    return journal.partitionsOf(call).stream()
        .flatMap(partition -> journal.readCall(partition, call, 0, 4_000).stream())
        .filter(record -> record.kind() == Kind.AFTER_CALL)
        .toList();
  }

  private static Calls ended(String uid) {
    return Calls.of(uid).state(0, 1).state(1, 5, A).state(9, 2);
  }
}
