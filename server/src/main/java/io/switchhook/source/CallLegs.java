package io.switchhook.source;

import io.switchhook.calllog.CallState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Folds the states of a call into the times that users were rung. */
final class CallLegs {
  /** How many are kept; a call that rings more has lost its meaning, not its after-call log. */
  static final int LEGS_MAX = 100;

  /** How many users of one log are looked at. */
  static final int USERS_MAX = 5;

  private final List<Rung> legs = new ArrayList<>();

  /** Goes one state on. */
  void hear(CallState state, List<String> named, Instant at) {
    var users = named.stream().filter(user -> !user.isEmpty()).distinct().limit(USERS_MAX).toList();
    switch (state) {
      case DIALING_USERS, INITIATED_BY_USER -> ring(users, at);
      case USER_ANSWERED -> answer(users, at);
      case CLIENT_REJECTED -> finish(DialStatus.BUSY, at);
      case FINISHED, FIRST_PARTY_NO_ANSWER, NO_USER_PICKED -> finish(DialStatus.NOANSWER, at);
      case INCOMING_ON_SERVER, UNDOCUMENTED -> {}
    }
  }

  /** All times that users were rung, in their order. */
  List<Rung> all() {
    return List.copyOf(legs);
  }

  /** True when a user ever answered. */
  boolean wasAnswered() {
    return legs.stream().anyMatch(Rung::isAnswered);
  }

  private void ring(List<String> users, Instant at) {
    if (users.isEmpty()) {
      return;
    }
    // Whoever still talks hands the call over; whoever still rings is passed over for others.
    each(Rung::isTalking, leg -> leg.transfer(users, at));
    each(Rung::isRinging, leg -> leg.stopRinging(DialStatus.NOANSWER, at));
    users.forEach(user -> add(user, at));
  }

  private void answer(List<String> named, Instant at) {
    var users = named.isEmpty() ? theOnlyOneRinging() : named;
    if (users.isEmpty()) {
      return;
    }
    each(leg -> leg.isTalking() && !users.contains(leg.user()), leg -> leg.transfer(users, at));
    for (var user : users) {
      answer(user, at);
    }
    each(Rung::isRinging, leg -> leg.stopRinging(DialStatus.CANCEL, at));
  }

  private void answer(String user, Instant at) {
    for (var leg : legs.reversed()) {
      if (leg.user().equals(user)) {
        if (leg.isTalking()) {
          return;
        }
        if (!leg.isAnswered()) {
          leg.answer(at);
          return;
        }
        break;
      }
    }
    add(user, at);
    each(leg -> leg.isRinging() && leg.user().equals(user), leg -> leg.answer(at));
  }

  private List<String> theOnlyOneRinging() {
    var ringing = legs.stream().filter(Rung::isRinging).map(Rung::user).toList();
    return ringing.size() == 1 ? ringing : List.of();
  }

  private void finish(DialStatus ofRinging, Instant at) {
    each(Rung::isTalking, leg -> leg.hangUp(at));
    each(Rung::isRinging, leg -> leg.stopRinging(ofRinging, at));
  }

  private void add(String user, Instant at) {
    if (legs.size() < LEGS_MAX) {
      legs.add(new Rung(user, at));
    }
  }

  private void each(Predicate<Rung> which, Consumer<Rung> act) {
    legs.stream().filter(which).forEach(act);
  }
}
