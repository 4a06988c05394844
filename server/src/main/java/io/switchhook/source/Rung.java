package io.switchhook.source;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One time that a user was rung; changes while the call is folded. */
final class Rung {
  private final String user;
  private final Instant rungAt;
  private @Nullable Instant answeredAt;
  private @Nullable Instant endedAt;
  private DialStatus dialStatus = DialStatus.NOANSWER;
  private List<String> transferredTo = List.of();

  Rung(String user, Instant rungAt) {
    this.user = user;
    this.rungAt = rungAt;
  }

  /** The leg at the end of its call. */
  EndedLeg ended() {
    return new EndedLeg(
        List.of(EndedLeg.userOf(user)),
        rungAt,
        dialStatus,
        isAnswered(),
        isAnswered(),
        startedAt(),
        endedAt(),
        transferredTo.stream().map(EndedLeg::userOf).toList());
  }

  String user() {
    return user;
  }

  /** When the user answered; when the ringing began, if nobody did. */
  private Instant startedAt() {
    return answeredAt == null ? rungAt : answeredAt;
  }

  /** When the talk ended, or the ringing. */
  private Instant endedAt() {
    return endedAt == null ? startedAt() : endedAt;
  }

  boolean isRinging() {
    return answeredAt == null && endedAt == null;
  }

  boolean isTalking() {
    return answeredAt != null && endedAt == null;
  }

  boolean isAnswered() {
    return answeredAt != null;
  }

  /** The user answered, even where the ringing seemed over. */
  void answer(Instant at) {
    answeredAt = at;
    endedAt = null;
    dialStatus = DialStatus.ANSWER;
  }

  /** The ringing stopped without an answer. */
  void stopRinging(DialStatus why, Instant at) {
    dialStatus = why;
    endedAt = at;
  }

  /** The talk ended. */
  void hangUp(Instant at) {
    endedAt = at;
  }

  /** The talk ended, because others took the call over. */
  void transfer(List<String> users, Instant at) {
    transferredTo = users;
    endedAt = at;
  }
}
