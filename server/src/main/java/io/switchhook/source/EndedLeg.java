package io.switchhook.source;

import io.switchhook.calllog.AfterCallLog.User;
import java.time.Instant;
import java.util.List;

/**
 * One time that somebody was rung, as {@code _ld} of an after-call log has it.
 *
 * @param users whose leg it was; empty for the customer's
 * @param isAnswered whether the telephone was answered
 * @param hasTalked whether a user and the customer talked on it
 * @param startedAt when the talk began; without talk the answer; without an answer the ringing
 * @param endedAt when the talk ended, or the ringing
 * @param transferredTo who took the call over from here
 */
record EndedLeg(
    List<User> users,
    Instant rungAt,
    DialStatus dialStatus,
    boolean isAnswered,
    boolean hasTalked,
    Instant startedAt,
    Instant endedAt,
    List<User> transferredTo) {
  private static final int EXTENSION_DIGITS_MAX = 6;

  EndedLeg {
    users = List.copyOf(users);
    transferredTo = List.copyOf(transferredTo);
  }

  /** Whole seconds of talk. */
  long talkSeconds() {
    return hasTalked ? Math.max(0, endedAt.getEpochSecond() - startedAt.getEpochSecond()) : 0;
  }

  /** The same leg, whose call went on elsewhere. */
  EndedLeg handedTo(List<User> others) {
    return new EndedLeg(
        users, rungAt, dialStatus, isAnswered, hasTalked, startedAt, endedAt, others);
  }

  /** A user of whom only what stands in {@code users} is known: a number, an extension, an id. */
  static User userOf(String listedAs) {
    var number = TelephoneNumber.ofUser(listedAs);
    var isExtension =
        listedAs.length() <= EXTENSION_DIGITS_MAX
            && listedAs.chars().allMatch(c -> c >= '0' && c <= '9');
    return new User(
        listedAs, "", "", isExtension ? listedAs : "", number.national(), number.e164());
  }

  /** A user as a note tells it. */
  static User userOf(CallNote.Person person) {
    var number = TelephoneNumber.ofUser(person.number().replaceAll("[^0-9]", ""));
    var id = person.id().isEmpty() ? person.listedAs() : person.id();
    return new User(
        id, person.name(), person.email(), person.extension(), number.national(), number.e164());
  }
}
