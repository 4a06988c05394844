package io.switchhook.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.bench.ledger.Ledger.Classes;
import io.switchhook.bench.load.Layout;
import io.switchhook.bench.load.MadeUpAnswer;
import io.switchhook.bench.load.Token;
import io.switchhook.bench.load.Traffic;
import io.switchhook.bench.load.Traffic.LogKind;
import io.switchhook.bench.load.Traffic.Shape;
import io.switchhook.bench.receive.Listener;
import io.switchhook.bench.receive.Listener.Telling;
import io.switchhook.bench.receive.MadeUp;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Observations that nobody made: the audit must see what is wrong with them. */
final class AuditTest {
  private static final int EVENTS = 40;
  private static final int CALLS = 10;

  private final Layout layout = Layout.ofWebhooks(1);
  private final Traffic traffic =
      Traffic.toAll(
          layout,
          CALLS,
          new Shape(LogKind.IN_CALL, 1, 4, Duration.ofSeconds(1)),
          Duration.ofSeconds(4));
  private final Ledger ledger = new Ledger(layout, new Classes(List.of("healthy"), List.of(0)));
  private final Listener listener = ledger.listener();
  private final Says server = new Says();

  /** A server that says what it is told to. */
  private static final class Says implements Outcomes {
    private final Map<Long, String> words = new HashMap<>();
    private final Map<Long, Long> calls = new HashMap<>();
    private String becomes = "";
    private Known known = new Known(false, false, false, false);

    void say(Traffic traffic, long ordinal, String word) {
      words.put(ordinal, word);
      calls.put(ordinal, traffic.callOf(ordinal));
    }

    @Override
    public void each(int webhook, String outcome, int max, Found found) {
      words.forEach(
          (ordinal, word) -> {
            if (word.equals(outcome) || outcome.equals(becomes)) {
              found.delivery(0, calls.getOrDefault(ordinal, -1L), Token.hash("e_" + ordinal));
            }
          });
    }

    @Override
    public Known of(int webhook, String uid, int place) {
      return known;
    }

    @Override
    public long backlog(int webhook) {
      return 0;
    }
  }

  @BeforeEach
  void everythingWasAccepted() {
    assertThat(traffic.count()).isEqualTo(EVENTS);
    ledger.open(traffic, ledger.beganNanos());
    ledger.phases().begin("measured", ledger.beganNanos());
    for (var ordinal = 0L; ordinal < EVENTS; ordinal++) {
      ledger.sent(traffic, ordinal);
      ledger.accepted(traffic, ordinal, MadeUpAnswer.entry(ordinal, traffic.placeOf(ordinal)));
      ledger.accepted(traffic, ordinal);
    }
  }

  private MadeUp request(long ordinal) {
    return MadeUp.request(0, ordinal, traffic.placeOf(ordinal));
  }

  private void tell(long ordinal) {
    listener.heard(request(ordinal).heard());
    listener.took(new Telling(0, 0, ordinal, false));
  }

  private void tellAllBut(long... missing) {
    for (var ordinal = 0L; ordinal < EVENTS; ordinal++) {
      var isMissing = false;
      for (var one : missing) {
        isMissing |= one == ordinal;
      }
      if (!isMissing) {
        tell(ordinal);
      }
    }
  }

  private Account account() {
    return Audit.of(ledger, server);
  }

  @Test
  void whatWasToldInOrderBalances() {
    tellAllBut();
    var account = account();
    assertThat(account.isBalanced()).isTrue();
    assertThat(account.delivered()).isEqualTo(EVENTS);
    assertThat(account.faults()).isEmpty();
    assertThat(ledger.latencies().of("measured", "healthy").getTotalCount()).isEqualTo(EVENTS);
  }

  @Test
  void deliveryThatNobodyKnowsOfIsLost() {
    tellAllBut(EVENTS - 1);
    var account = account();
    assertThat(account.lost()).isEqualTo(1);
    assertThat(account.isBalanced()).isFalse();
    assertThat(ledger.faults().count(FaultKind.LOST)).isEqualTo(1);
  }

  @Test
  void deliveryThatTheServerKnowsOfIsOutstandingOrGivenUp() {
    tellAllBut(EVENTS - 1, EVENTS - 2, EVENTS - 3);
    server.say(traffic, EVENTS - 1, "pending");
    server.say(traffic, EVENTS - 2, "failed");
    server.say(traffic, EVENTS - 3, "given_up_expired");
    var account = account();
    assertThat(account.isBalanced()).isTrue();
    assertThat(account.outstanding()).isEqualTo(2);
    assertThat(account.givenUp()).containsExactly(Map.entry("expired", 1L));
    assertThat(account.faults()).isEmpty();
  }

  @Test
  void deliveryThatIsGivenUpWhileTheListIsReadCountsOnce() {
    tellAllBut(EVENTS - 1);
    server.say(traffic, EVENTS - 1, "pending");
    server.becomes = "given_up_exhausted";
    var account = account();
    assertThat(account.givenUpInAll()).isEqualTo(1);
    assertThat(account.outstanding()).isZero();
    assertThat(account.isBalanced()).isTrue();
  }

  @Test
  void deliveryThatNobodyDecidedYetIsOutstanding() {
    tellAllBut(EVENTS - 1);
    server.known = new Outcomes.Known(true, false, false, false);
    assertThat(account().outstanding()).isEqualTo(1);
  }

  @Test
  void deliveryThatWasDecidedAfterTheListsWereReadIsOutstanding() {
    tellAllBut(EVENTS - 1, EVENTS - 2);
    server.known = new Outcomes.Known(false, false, false, true);
    var account = account();
    assertThat(account.outstanding()).isEqualTo(2);
    assertThat(account.isBalanced()).isTrue();
  }

  @Test
  void deliveryThatWasGivenUpAfterTheListsWereReadIsGivenUp() {
    tellAllBut(EVENTS - 1);
    server.known = new Outcomes.Known(false, false, true, false);
    var account = account();
    assertThat(account.givenUpInAll()).isEqualTo(1);
    assertThat(account.isBalanced()).isTrue();
  }

  @Test
  void laterEventBeforeAnEarlierOneIsDisorder() {
    // Event 0 is the first of its call, event CALLS its second.
    listener.heard(request(CALLS).skipped(1).heard());
    listener.took(new Telling(0, 0, CALLS, false));
    server.say(traffic, 0, "pending");
    var _ = account();
    assertThat(ledger.faults().count(FaultKind.DISORDER)).isEqualTo(1);
  }

  @Test
  void eventAfterAGiveUpMustCarryTheMark() {
    server.say(traffic, 0, "given_up_exhausted");
    listener.heard(request(CALLS).heard());
    listener.took(new Telling(0, 0, CALLS, false));
    var _ = account();
    assertThat(ledger.faults().count(FaultKind.OTHER_SKIPPED)).isEqualTo(1);
    assertThat(ledger.faults().count(FaultKind.DISORDER)).isZero();
  }

  @Test
  void markWithoutAGiveUpIsWrong() {
    tell(0);
    listener.heard(request(CALLS).skipped(1).heard());
    assertThat(ledger.faults().count(FaultKind.OTHER_SKIPPED)).isEqualTo(1);
  }

  @Test
  void markOfWhatWasToldBeforeACrashNeedsARecordOfTheGiveUp() {
    tell(0);
    ledger.killed();
    listener.heard(request(CALLS).skipped(1).heard());
    var _ = account();
    assertThat(ledger.faults().count(FaultKind.OTHER_SKIPPED)).isEqualTo(1);
  }

  @Test
  void whatWasToldBeforeACrashMayBeGivenUpAfterIt() {
    tell(0);
    ledger.killed();
    listener.heard(request(CALLS).skipped(1).heard());
    server.known = new Outcomes.Known(false, false, true, false);
    var _ = account();
    assertThat(ledger.faults().count(FaultKind.OTHER_SKIPPED)).isZero();
  }

  @Test
  void repeatNeedsAReason() {
    tellAllBut();
    tell(3);
    var _ = account();
    assertThat(ledger.faults().count(FaultKind.REPEATED)).isEqualTo(1);
  }

  @Test
  void repeatBecauseTheAnswerWasNotHeardIsAllowed() {
    tellAllBut();
    tell(3);
    server.known = new Outcomes.Known(false, true, false, false);
    var account = account();
    assertThat(account.repeats()).isEqualTo(1);
    assertThat(account.faults()).isEmpty();
  }

  @Test
  void repeatAfterACrashIsAllowedAndCounted() {
    tellAllBut();
    ledger.killed();
    tell(3);
    tell(3 + CALLS);
    var account = account();
    assertThat(account.repeats()).isEqualTo(2);
    assertThat(account.faults()).isEmpty();
  }

  @Test
  void duplicateNeedsAServerThatWasStopped() {
    ledger.accepted(traffic, 0, MadeUpAnswer.duplicate(0, 0));
    assertThat(ledger.faults().count(FaultKind.REPEATED)).isEqualTo(1);
    ledger.stopped();
    ledger.accepted(traffic, 1, MadeUpAnswer.duplicate(1, 0));
    assertThat(ledger.faults().count(FaultKind.REPEATED)).isEqualTo(1);
  }

  @Test
  void failedAttemptIsNoRepeat() {
    listener.heard(request(0).heard());
    listener.heard(request(0).heard());
    tell(0);
    assertThat(account().repeats()).isZero();
  }

  @Test
  void repeatWithAnotherIdIsSeen() {
    tell(0);
    ledger.killed();
    listener.heard(request(0).otherId().heard());
    assertThat(ledger.faults().count(FaultKind.OTHER_ID)).isEqualTo(1);
  }

  @Test
  void eventAtAnotherPlaceIsSeen() {
    listener.heard(request(0).sequence(2).heard());
    assertThat(ledger.faults().count(FaultKind.OTHER_SEQUENCE)).isEqualTo(1);
  }

  @Test
  void eventThatNobodySentIsAStranger() {
    listener.heard(MadeUp.request(0, EVENTS + 5, 0).heard());
    listener.heard(MadeUp.request(1, 0, 0).heard());
    assertThat(ledger.faults().count(FaultKind.STRANGER)).isEqualTo(2);
  }

  @Test
  void refusedEventsAreNotWantedAndShiftThePlaces() {
    ledger.refused(traffic, 0, 503);
    for (var ordinal = 1L; ordinal < EVENTS; ordinal++) {
      var made = request(ordinal);
      if (traffic.callOf(ordinal) == 0) {
        made.sequence(traffic.placeOf(ordinal));
      }
      listener.heard(made.heard());
      listener.took(new Telling(0, 0, ordinal, false));
    }
    var account = account();
    assertThat(account.refused()).isEqualTo(1);
    assertThat(account.wanted()).isEqualTo(EVENTS - 1);
    assertThat(account.isBalanced()).isTrue();
    assertThat(account.faults()).isEmpty();
  }

  @Test
  void replayMustKeepTheOrderOfACall() {
    tellAllBut();
    ledger.replayBegins(traffic);
    listener.heard(request(CALLS).replay().heard());
    assertThat(ledger.faults().count(FaultKind.REPLAY_DISORDER)).isEqualTo(1);
    listener.took(new Telling(0, 0, 0, true));
    listener.heard(request(CALLS).replay().heard());
    assertThat(ledger.faults().count(FaultKind.REPLAY_DISORDER)).isEqualTo(1);
    assertThat(ledger.replayed(0)).isEqualTo(1);
  }
}
