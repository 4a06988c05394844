package io.switchhook.source.asterisk.mapping;

import io.switchhook.calllog.CallState;
import io.switchhook.calllog.CallType;
import io.switchhook.source.CallNote;
import io.switchhook.source.asterisk.AsteriskSettings.ClickToCallStates;
import io.switchhook.source.asterisk.AsteriskUser;
import io.switchhook.source.asterisk.mapping.Call.Origin;
import io.switchhook.source.asterisk.mapping.WriteRecords.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/*
 * Which state is told when.
 *
 * A call is told as one of three kinds. Incoming: 1 at birth. OBD: 1 when the customer, called first, answers; else 4 alone. Both
 * then: 5 when users are rung, 6 when one answers, 2 when the last channel is gone. Click to call: 3 when it is begun, 6 when
 * the customer answers (full), 9 when the user was not reached, 7 when the customer was busy or declined, else 2. A kind is known
 * at birth (a trunk rings us), from our own request, or when the first leg shows whom it calls; until then nothing is told and
 * notes wait. After a final state nothing is told, though channels may live on; the note of the end comes with the last one.
 */

/** Tells calls: takes what happened to legs, writes states and notes. */
final class TellStory {
  /** Users who are rung within this time are told together. */
  static final Duration RUNG_TOGETHER = Duration.ofMillis(50);

  private final WriteRecords write;
  private final Set<Call> ringing = new LinkedHashSet<>();
  private WhoIsWho who;

  TellStory(WriteRecords write, WhoIsWho who) {
    this.write = write;
    this.who = who;
  }

  void change(WhoIsWho changed) {
    who = changed;
  }

  /** A customer calls: the channel that came in is the customer's. */
  void comeIn(Call call, Channel customer, Moment moment) {
    call.type = CallType.INCOMING;
    setClid(call, customer.callerNumber);
    write.tell(call, Told.of(CallState.INCOMING_ON_SERVER), "1", moment);
  }

  /** One of our people calls another, and such calls are told. */
  void beInternal(Call call, Channel from, Moment moment) {
    call.isInternal = true;
    if (!who.settings().internalCalls() || call.type != null) {
      return;
    }
    call.type = CallType.INCOMING;
    var user = from.user;
    setClid(call, user == null ? from.callerNumber : who.listed(user));
    write.tell(call, Told.of(CallState.INCOMING_ON_SERVER), "1", moment);
  }

  /** A user has a customer called. */
  void clickToCall(Call call, @Nullable AsteriskUser user, Moment moment) {
    call.type = CallType.CLICK_TO_CALL;
    call.caller = user;
    write.tell(call, Told.of(CallState.INITIATED_BY_USER, user), "3", moment);
  }

  /** A leg is rung; whom it is for was decided before. */
  void ring(Channel leg, Moment moment) {
    var call = leg.call;
    var isTold =
        call.goesOn()
            && leg.isUser()
            && !leg.isConsulted
            && leg != call.firstParty
            && (!call.isClickToCall() || (call.customerAnswered && isFull()));
    if (!isTold) {
      noteRung(leg, moment);
    } else if (!leg.isToldRung) {
      answerForLostEvent(call, moment);
      call.ringing.put(leg, moment);
      ringing.add(call);
      leg.isToldRung = true;
    }
  }

  /** A leg turns out to be rung for a colleague's question; it was not told yet. */
  void unring(Channel leg) {
    leg.isConsulted = true;
    leg.isToldRung = false;
    leg.call.ringing.remove(leg);
    if (leg.call.ringing.isEmpty()) {
      ringing.remove(leg.call);
    }
  }

  /** A leg was answered. */
  void answer(Channel leg, Moment moment) {
    if (leg.isAnswered()) {
      return;
    }
    leg.answeredAt = moment.happenedAt();
    var call = leg.call;
    if (leg.isNoted) {
      write.note(call, new CallNote.Answered(leg.id, moment.happenedAt()), moment);
    }
    if (leg == call.firstParty) {
      if (call.type == CallType.OBD && !call.isFinal) {
        call.customerAnswered = true;
        flush(call);
        write.tell(call, Told.of(CallState.INCOMING_ON_SERVER), "1", moment);
      }
      return;
    }
    if (!call.goesOn()) {
      return;
    }
    if (leg.isUser() && !leg.isConsulted) {
      talk(leg, moment);
    } else if (call.isClickToCall() && call.isCustomer(leg)) {
      customerAnswers(call, moment);
    }
  }

  /** A user talks to the customer: told once for a leg, and not for whoever talks already. */
  void talk(Channel leg, Moment moment) {
    var call = leg.call;
    var user = leg.user;
    if (!call.goesOn() || user == null || leg.isToldAnswered || leg == call.firstParty) {
      return;
    }
    if (call.isClickToCall() && (!call.customerAnswered || !isFull())) {
      return;
    }
    var talksAlready = call.isTalking(user);
    leg.isToldAnswered = true;
    if (talksAlready) {
      return;
    }
    noteRung(leg, moment);
    if (!leg.isToldRung) {
      leg.isToldRung = true;
      call.ringing.put(leg, moment);
    }
    flush(call);
    call.isConnected = true;
    write.tell(call, Told.of(CallState.USER_ANSWERED, user), "6\n" + leg.id, moment);
  }

  /** The first party of an originated call was not reached. */
  void failFirstParty(Call call, Moment moment) {
    if (!call.goesOn() || (call.isTold() && call.type == CallType.OBD)) {
      return;
    }
    if (call.isClickToCall()) {
      finish(call, Told.of(CallState.NO_USER_PICKED, call.caller), moment);
    } else if (call.type == CallType.OBD) {
      finish(call, Told.of(CallState.FIRST_PARTY_NO_ANSWER), moment);
    }
  }

  /** A leg is over. */
  void lose(Channel leg, int cause, Moment moment) {
    var call = leg.call;
    leg.goneAt = moment.happenedAt();
    var rung = call.ringing.get(leg);
    if (rung != null) {
      noteRung(leg, rung);
    }
    if (leg.isNoted) {
      var gone = new CallNote.Gone(leg.id, leg.statusBy(cause), moment.happenedAt());
      write.note(call, gone, moment);
    }
    if (moment.isReconstructed()) {
      return;
    }
    if (leg == call.firstParty && !leg.isAnswered()) {
      failFirstParty(call, moment);
    } else if (call.goesOn()
        && call.isClickToCall()
        && !call.customerAnswered
        && call.isCustomer(leg)
        && leg.isBusyOrRejected(cause)
        && call.live.values().stream().noneMatch(other -> other != leg && call.isCustomer(other))) {
      finish(call, Told.of(CallState.CLIENT_REJECTED, call.caller), moment);
    }
  }

  /** The last channel of the call is gone, or nobody will hear of it any more. */
  void end(Call call, Moment moment) {
    if (call.type == null || call.isEnded) {
      return;
    }
    if (call.goesOn()) {
      finalState(call, moment).ifPresent(told -> finish(call, told, moment));
    }
    flush(call);
    call.isFinal = true;
    call.isEnded = true;
    var delay = who.settings().afterCallDelay();
    write.note(call, new CallNote.Ended(call.status(), moment.happenedAt(), delay), moment);
  }

  /** The call lives on as another. */
  void join(Call younger, Call older, Moment moment) {
    if (younger.isTold() && !younger.isEnded) {
      write.note(younger, new CallNote.Joined(older.id.uid()), moment);
      end(younger, moment);
    }
    for (var linkedId : younger.linkedIds) {
      write.note(older, new CallNote.Took(linkedId), moment);
    }
  }

  /** Tells who is rung once their time is over. */
  void passTo(Instant now) {
    for (var call : List.copyOf(ringing)) {
      if (due(call).filter(due -> !due.isAfter(now)).isPresent()) {
        flush(call);
      }
    }
  }

  /** When users who are rung must be told. */
  Optional<Instant> nextDue() {
    return ringing.isEmpty() ? Optional.empty() : due(ringing.iterator().next());
  }

  /** The customer's number, as it is shown to us. */
  void setClid(Call call, String number) {
    var clid = who.clid(number);
    call.clidRaw = clid.raw();
    call.clid = clid.formatted();
  }

  /** The call has a note that this leg rang, or that it is the leg of whoever dialled. */
  void noteRung(Channel leg, Moment moment) {
    if (leg.isNoted) {
      return;
    }
    leg.isNoted = true;
    var rungAt = leg.rungAt == null ? leg.bornAt : leg.rungAt;
    var user = leg.user == null || !leg.isUser() ? null : write.person(leg.user);
    write.note(leg.call, new CallNote.Rung(leg.id, user, rungAt), moment);
    var answeredAt = leg.answeredAt;
    if (answeredAt != null) {
      // A colleague who was asked first talks to the customer from now on, not since the question.
      var at = answeredAt.isAfter(moment.happenedAt()) ? answeredAt : moment.happenedAt();
      write.note(leg.call, new CallNote.Answered(leg.id, at), moment);
    }
  }

  private void customerAnswers(Call call, Moment moment) {
    if (call.customerAnswered) {
      return;
    }
    call.customerAnswered = true;
    call.isConnected = true;
    if (isFull()) {
      write.tell(call, Told.of(CallState.USER_ANSWERED, call.caller), "6", moment);
    }
  }

  /** Users are rung by a call whose customer, called first, must have answered. */
  private void answerForLostEvent(Call call, Moment moment) {
    if (!call.isTold() && call.firstParty != null) {
      answer(Objects.requireNonNull(call.firstParty), moment);
    }
  }

  private void finish(Call call, Told told, Moment moment) {
    flush(call);
    write.tell(call, told, "end", moment);
  }

  private void flush(Call call) {
    ringing.remove(call);
    if (call.ringing.isEmpty()) {
      return;
    }
    var legs = List.copyOf(call.ringing.keySet());
    var first = Objects.requireNonNull(call.ringing.get(legs.getFirst()));
    legs.forEach(leg -> noteRung(leg, Objects.requireNonNull(call.ringing.get(leg))));
    call.ringing.clear();
    var users = legs.stream().map(leg -> leg.user).filter(Objects::nonNull).toList();
    if (call.goesOn()) {
      var told = new Told(CallState.DIALING_USERS, users);
      write.tell(call, told, "5\n" + legs.getFirst().id, first);
    }
  }

  private static Optional<Instant> due(Call call) {
    return call.ringing.values().stream()
        .findFirst()
        .map(moment -> moment.heardAt().plus(RUNG_TOGETHER));
  }

  /** How a call ends that nothing else ended; empty when only the after-call log says so. */
  private Optional<Told> finalState(Call call, Moment moment) {
    var first = call.firstParty;
    var isReached = call.customerAnswered || (first != null && first.isAnswered());
    return switch (Objects.requireNonNull(call.type)) {
      case INCOMING -> Optional.of(Told.of(CallState.FINISHED));
      case OBD ->
          Optional.of(
              Told.of(call.isTold() ? CallState.FINISHED : CallState.FIRST_PARTY_NO_ANSWER));
      case CLICK_TO_CALL -> {
        // What nobody heard may have been answered meanwhile.
        if (call.origin == Origin.ORIGINATED && !isReached && !moment.isReconstructed()) {
          yield Optional.of(Told.of(CallState.NO_USER_PICKED, call.caller));
        }
        yield isFull() ? Optional.of(Told.of(CallState.FINISHED)) : Optional.empty();
      }
    };
  }

  private boolean isFull() {
    return who.settings().clickToCallStates() == ClickToCallStates.FULL;
  }
}
