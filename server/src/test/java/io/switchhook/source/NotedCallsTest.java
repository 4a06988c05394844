package io.switchhook.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.calllog.CallStatus;
import io.switchhook.calllog.CallType;
import io.switchhook.event.Bytes;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.PartitionList;
import io.switchhook.journal.Flag;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.NewRecord;
import io.switchhook.journal.memory.MemoryJournal;
import io.switchhook.source.memory.MemoryFollowCursors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After-call logs of calls whose source keeps notes. */
class NotedCallsTest {
  private static final int PARTITION = 7;
  private static final Instant START = Calls.START;
  private static final CallNote.Person USER =
      new CallNote.Person("918586848501", "u101", "Desk", "d@x", "101", "918586848501");

  private final MemoryJournal journal =
      new MemoryJournal(
          JournalSettings.of(_ -> new PartitionList(List.of(PARTITION)), () -> START));
  private final MemoryFollowCursors cursors = new MemoryFollowCursors();

  static List<CallNote> notes() {
    return List.of(
        new CallNote.Began("lab", CallType.CLICK_TO_CALL, "1.2", START),
        new CallNote.Took("1.3"),
        new CallNote.Rung("1.4", USER, START),
        new CallNote.Rung("1.5", null, START),
        new CallNote.Answered("1.4", START),
        new CallNote.Transferred("1.4", START),
        new CallNote.Gone("1.4", DialStatus.CONGESTION, START),
        new CallNote.Joined("lab.1"),
        new CallNote.Recorded("a.wav", "https://x/a.wav"),
        new CallNote.Belongs("5cd40f6559784843", "sales"),
        new CallNote.Voicemail(),
        new CallNote.Ended(CallStatus.MISSED, START, Duration.ofSeconds(2)));
  }

  @ParameterizedTest
  @MethodSource("notes")
  void noteIsReadAsItWasWritten(CallNote note) {
    assertThat(NoteText.read(NoteText.write(note))).contains(note);
  }

  @Test
  void whatIsNoNoteSaysNothing() {
    for (var text : List.of("", "x", "[]", "{}", "{\"note\":\"new\"}", "{\"note\":\"ended\"}")) {
      assertThat(NoteText.read(Bytes.utf8(text))).as(text).isEmpty();
    }
  }

  @Test
  void afterCallLogWaitsForItsDelay() {
    var follow = opened();
    journal.append(ended(Duration.ofSeconds(2)));
    follow.catchUp();
    follow.passTo(START.plusMillis(1_999));
    assertThat(afterCallLogs()).isEmpty();
    assertThat(follow.nextDue()).contains(START.plusSeconds(2));

    journal.append(List.of(note(new CallNote.Recorded("a.wav", "https://x/a.wav"))));
    follow.catchUp();
    follow.passTo(START.plusSeconds(2));
    follow.passTo(START.plusSeconds(3));

    assertThat(afterCallLogs()).hasSize(1);
    assertThat(afterCallLogs().getFirst().body().utf8())
        .contains("\"_fn\":\"a.wav\"", "\"_na\":\"Desk\"", "\"_su\":1");
    assertThat(follow.nextDue()).isEmpty();
  }

  @Test
  void crashWhileItWaitsNeitherLosesNorDoublesIt() {
    var follow = opened();
    journal.append(ended(Duration.ofSeconds(2)));
    follow.catchUp();
    follow.storeCursors();

    var next = opened();
    next.catchUp();
    next.passTo(START.plusSeconds(2));
    next.storeCursors();
    var third = opened();
    third.catchUp();
    third.passTo(START.plusSeconds(9));

    assertThat(afterCallLogs()).hasSize(1);
  }

  @Test
  void callWithoutDelayIsToldAtOnce() {
    var follow = opened();
    journal.append(ended(Duration.ZERO));
    follow.catchUp();

    assertThat(afterCallLogs()).hasSize(1);
  }

  /** The company has after-call logs of in-call logs switched off: notes are another matter. */
  private FollowJournal opened() {
    var follow = new FollowJournal(journal, cursors, _ -> false);
    follow.open();
    return follow;
  }

  private static List<NewRecord> ended(Duration delay) {
    var records = new ArrayList<NewRecord>();
    for (var log : Calls.of("c").state(0, 1).state(4, 2).toAppend()) {
      records.add(
          new NewRecord(
              log.call(),
              Kind.IN_CALL,
              Flag.NOTED.bit(),
              log.happenedAt(),
              log.identity(),
              log.body()));
    }
    records.add(1, note(new CallNote.Began("lab", CallType.INCOMING, "c", START)));
    records.add(2, note(new CallNote.Rung("u", USER, START.plusSeconds(1))));
    records.add(3, note(new CallNote.Answered("u", START.plusSeconds(2))));
    records.add(note(new CallNote.Ended(CallStatus.CONNECTED, START.plusSeconds(4), delay)));
    return records;
  }

  private static NewRecord note(CallNote note) {
    var body = NoteText.write(note);
    var identity = Identity.ofContent(body.array());
    return new NewRecord(Calls.of("c").call(), Kind.NOTE, 0, START, identity, body);
  }

  private List<JournalRecord> afterCallLogs() {
    return journal.readCall(PARTITION, Calls.of("c").call(), 0, 100).stream()
        .filter(record -> record.kind() == Kind.AFTER_CALL)
        .toList();
  }
}
