package io.switchhook.testkit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.receive.Answer;
import io.switchhook.testkit.ledger.LaneFacts.TimedOut;
import io.switchhook.testkit.ledger.LaneFacts.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The ledger sees each fault that it is there for, and nothing in what is right. */
class CheckLaneTest {
  private static final Answer OK = new Answer.Status(200, null);
  private static final Answer BUSY = new Answer.Status(503, null);

  private final List<Wanted> wanted = new ArrayList<>();
  private final List<Reception> seen = new ArrayList<>();
  private final List<Long> kills = new ArrayList<>();
  private final List<Long> recoveries = new ArrayList<>();
  private @Nullable Duration timeToLive;

  @Test
  void laneWithoutFaultIsRight() {
    wants("delivered", "delivered");
    saw(1, 1, BUSY, 10);
    saw(1, 2, OK, 500);
    saw(2, 1, OK, 510);

    assertThat(violations()).isEmpty();
  }

  @Test
  void lostEventIsSeen() {
    wants("delivered", "delivered");
    saw(1, 1, OK, 10);

    assertThat(violations()).anyMatch(it -> it.contains("never taken"));
  }

  @Test
  void eventThatOvertakesIsSeen() {
    wants("delivered", "delivered");
    saw(1, 1, BUSY, 10);
    saw(2, 1, OK, 50);
    saw(1, 2, OK, 500);

    assertThat(violations())
        .anyMatch(it -> it.contains("is not settled before"))
        .anyMatch(it -> it.contains("repeats without a reason"));
  }

  @Test
  void repeatOfWhatWasTakenIsSeen() {
    wants("delivered");
    saw(1, 1, OK, 10);
    saw(1, 2, OK, 500);

    assertThat(violations()).anyMatch(it -> it.contains("repeats without a reason"));
  }

  @Test
  void repeatIsRightOnlyAfterTheVeryAttemptThatIsShownAsTimedOut() {
    wants("delivered");
    saw(1, 1, OK, 1_400);
    saw(1, 2, OK, 1_700);
    var event = wanted.removeLast().accepted();

    wanted.add(new Wanted(event, "delivered", Set.of(new TimedOut(0, 1, 100_000_000L))));
    assertThat(violations()).isEmpty();

    for (var other :
        List.of(
            new TimedOut(0, 1, 5_000_000_000L),
            new TimedOut(0, 2, 100_000_000L),
            new TimedOut(1, 1, 100_000_000L))) {
      wanted.set(0, new Wanted(event, "delivered", Set.of(other)));
      assertThat(violations()).anyMatch(it -> it.contains("repeats without a reason"));
    }
  }

  @Test
  void repeatAfterAKillIsRightWhenTheKillCameSoon() {
    wants("delivered", "delivered");
    saw(1, 1, OK, 10);
    saw(2, 1, OK, 20);
    killedAt(500_000_000L);
    saw(1, 1, OK, 3_000);
    saw(2, 1, OK, 3_010);

    assertThat(violations()).isEmpty();
  }

  @Test
  void repeatAfterAKillLongAfterIsSeen() {
    wants("delivered");
    saw(1, 1, OK, 10);
    killedAt(10_000_000_000L);
    saw(1, 1, OK, 12_000);

    assertThat(violations()).anyMatch(it -> it.contains("repeats without a reason"));
  }

  @Test
  void eventLeftOutAfterAKillIsSeen() {
    wants("delivered", "delivered", "delivered");
    saw(1, 1, OK, 10);
    saw(2, 1, BUSY, 20);
    killedAt(500_000_000L);
    saw(3, 1, OK, 3_000);

    assertThat(violations()).anyMatch(it -> it.contains("is not settled before"));
  }

  @Test
  void giveUpWithoutEnoughTriesIsSeen() {
    wants("given_up_exhausted", "delivered");
    saw(1, 1, BUSY, 10);
    saw(2, 1, OK, 100);
    sayingThatItSkipped(1);

    assertThat(violations()).singleElement().asString().contains("given up after 1 tries");
  }

  @Test
  void giveUpThatIsNotMarkedIsSeen() {
    timeToLive = Duration.ofSeconds(2);
    wants("given_up_expired", "delivered");
    saw(2, 1, OK, 2_100);

    assertThat(violations()).anyMatch(it -> it.contains("should say that it skipped [1]"));
  }

  @Test
  void giveUpBeforeItsTimeIsSeen() {
    timeToLive = Duration.ofSeconds(2);
    wants("given_up_expired", "delivered");
    saw(2, 1, OK, 1_500);
    sayingThatItSkipped(1);

    assertThat(violations()).anyMatch(it -> it.contains("had not expired yet"));
  }

  @Test
  void returnBehindAGiveUpIsSeen() {
    wants("given_up_exhausted", "delivered");
    for (var attempt = 1; attempt <= 6; attempt++) {
      saw(1, attempt, BUSY, 10 + 1_500 * attempt);
    }
    saw(2, 1, OK, 9_100);
    sayingThatItSkipped(1);
    killedAt(9_200_000_000L);
    saw(1, 1, BUSY, 12_000);
    saw(2, 1, OK, 12_100);
    sayingThatItSkipped(1);

    assertThat(violations()).anyMatch(it -> it.contains("goes back behind a give-up"));
  }

  @Test
  void tryBeforeItsTimeIsSeen() {
    wants("delivered");
    saw(1, 1, BUSY, 10);
    saw(1, 2, OK, 60);

    assertThat(violations()).anyMatch(it -> it.contains("came too early"));
  }

  @Test
  void tryBeforeItsTimeIsRightOnlyWhenAReceiverThatFailedAnswersAgain() {
    wants("delivered");
    saw(1, 1, BUSY, 1_010);
    saw(1, 2, OK, 1_060);

    recoveries.add(900_000_000L);
    assertThat(violations()).anyMatch(it -> it.contains("came too early"));

    recoveries.add(1_050_000_000L);
    assertThat(violations()).isEmpty();
  }

  @Test
  void tryBeforeTheReceiverAskedForItIsSeen() {
    wants("delivered");
    recoveries.add(100_000_000L);
    saw(1, 1, new Answer.Status(429, 1), 10);
    saw(1, 2, OK, 500);

    assertThat(violations()).anyMatch(it -> it.contains("came too early"));
  }

  @Test
  void nextRequestBeforeTheAnswerIsSeen() {
    wants("delivered", "delivered");
    saw(1, 1, OK, 10);
    var first = seen.removeLast();
    seen.add(first.answered(30_000_000));
    saw(2, 1, OK, 20);

    assertThat(violations()).anyMatch(it -> it.contains("before it was answered"));
  }

  @Test
  void otherWebhookIdIsSeen() {
    wants("delivered");
    saw(1, 1, OK, 10);
    var first = seen.removeLast();
    seen.add(
        new Reception(
            0, "all", first.token(), "other", 1, 0, 0, 1, first.at(), OK, first.at(), true, true));

    assertThat(violations()).anyMatch(it -> it.contains("has the webhook-id other"));
  }

  @Test
  void eventThatTheWebhookDoesNotWantIsSeen() {
    saw(1, 1, OK, 10);

    assertThat(violations()).anyMatch(it -> it.contains("is not wanted"));
  }

  private void wants(String... outcomes) {
    for (var outcome : outcomes) {
      var sequence = wanted.size() + 1;
      var event = ScriptedEvent.inCall("call-1", token(sequence), "5", "911120000001");
      wanted.add(new Wanted(new Accepted(event, "id-" + sequence, sequence, 0), outcome, Set.of()));
    }
  }

  /** Kills the server; what is seen from now on is of its next life. */
  private void killedAt(long nanos) {
    kills.add(nanos);
  }

  private void saw(int sequence, int attempt, Answer answer, long atMillis) {
    seen.add(reception(sequence, attempt, answer, atMillis));
  }

  /** The request seen last said that events were skipped. */
  private void sayingThatItSkipped(int skipped) {
    var last = seen.removeLast();
    seen.add(
        new Reception(
            last.life(),
            last.webhook(),
            last.token(),
            last.webhookId(),
            last.sequence(),
            last.previous(),
            skipped,
            last.attempt(),
            last.at(),
            last.answer(),
            last.answeredAt(),
            last.written(),
            last.kept()));
  }

  private Reception reception(int sequence, int attempt, Answer answer, long atMillis) {
    var at = atMillis * 1_000_000;
    return new Reception(
        kills.size(),
        "all",
        token(sequence),
        "id-" + sequence,
        sequence,
        sequence - 1,
        /* skipped= */ 0,
        attempt,
        at,
        answer,
        at,
        /* written= */ true,
        /* kept= */ true);
  }

  private static String token(int sequence) {
    return ScriptedEvent.token("call-1", sequence);
  }

  private List<String> violations() {
    return CheckLane.of(new LaneFacts("all call-1", wanted, seen, kills, recoveries, timeToLive));
  }
}
