package io.switchhook.testkit.ledger;

import io.switchhook.receive.Answer;
import java.time.Duration;
import java.util.Locale;

/**
 * One request as a receiver saw it.
 *
 * @param life which life of the server it came in: 0, 1 …
 * @param token of the event that it told
 * @param skipped 0 when nothing was said
 * @param at when it was read, in nanoseconds of the ledger's clock
 * @param answeredAt when its answer was about to be written; of a timeout, when the sender hung up
 * @param written whether the answer could be written
 * @param kept whether its connection had carried another request before
 */
public record Reception(
    int life,
    String webhook,
    String token,
    String webhookId,
    int sequence,
    int previous,
    int skipped,
    int attempt,
    long at,
    Answer answer,
    long answeredAt,
    boolean written,
    boolean kept) {
  /** How far the clocks of the server and of the ledger may be apart. */
  static final Duration CLOCKS = Duration.ofMillis(50);

  /** The same, after its answer went out. */
  Reception answered(long when) {
    return new Reception(
        life,
        webhook,
        token,
        webhookId,
        sequence,
        previous,
        skipped,
        attempt,
        at,
        answer,
        when,
        /* written= */ true,
        kept);
  }

  /**
   * True when it is the attempt before once more: a connection that was kept alive broke under it,
   * and such an attempt is made again at once, one time, on a new connection.
   */
  boolean isSecondGoOf(Reception before) {
    return life == before.life
        && attempt == before.attempt
        && before.kept
        && !kept
        && (before.answer instanceof Answer.Reset || !before.written);
  }

  /** True when the receiver took it. */
  boolean isTold() {
    return answer instanceof Answer.Status(int code, _) && code >= 200 && code < 300;
  }

  /** True when the answer came so late that the sender may have given the exchange up before. */
  boolean isLate() {
    return !written || answeredAt - at > Script.TIMEOUT.dividedBy(2).toNanos();
  }

  /** True when it is of this attempt: a life of the server counts those of an event but once. */
  boolean isOf(LaneFacts.TimedOut timedOut) {
    return life == timedOut.life()
        && attempt == timedOut.attempt()
        && at > timedOut.began() - CLOCKS.toNanos();
  }

  /** True when its answer says nothing against the event: the receiver as a whole does not work. */
  boolean isOutage() {
    return switch (answer) {
      case Answer.Status(int code, _) -> code >= 500;
      case Answer.Timeout _, Answer.Reset _, Answer.Slow _ -> true;
      case Answer.Redirect _ -> false;
    };
  }

  /** How long its answer asked the sender to wait. */
  Duration retryAfter() {
    var seconds = answer instanceof Answer.Status status ? status.retryAfterSeconds() : null;
    return seconds == null ? Duration.ZERO : Duration.ofSeconds(seconds);
  }

  /** How long after another one's arrival it came. */
  Duration since(Reception earlier) {
    return Duration.ofNanos(at - earlier.at);
  }

  /** It as a line of a story. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%9.3f ms life %d, %s connection: %s sequence %d previous %d skipped %d attempt %d → %s at %.3f ms%s",
        at / 1e6,
        life,
        kept ? "kept" : "new",
        token,
        sequence,
        previous,
        skipped,
        attempt,
        answer.word(),
        answeredAt / 1e6,
        written ? "" : " (could not be written)");
  }
}
