package io.switchhook.source.myoperator;

import io.switchhook.calllog.AfterCallLog;
import io.switchhook.calllog.CallLogReader;
import io.switchhook.calllog.CallState;
import io.switchhook.calllog.CallStatus;
import io.switchhook.calllog.CallType;
import io.switchhook.calllog.DispositionLog;
import io.switchhook.calllog.InCallLog;
import io.switchhook.calllog.LogTime;
import io.switchhook.calllog.v2.Envelope;
import io.switchhook.calllog.v2.Leg;
import io.switchhook.event.Bytes;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.journal.Flag;
import io.switchhook.source.myoperator.Place.Phase;
import io.switchhook.source.myoperator.Place.Step;
import io.switchhook.source.myoperator.VendorEvent.OfEnvelope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/*
 * The second generation told as the first. Where each field comes from stands in docs/myoperator.md.
 *
 * 1. A call gets exactly one end: it is made of call.end, or of call.summary when that comes first,
 *    and both have one identity within the call, so that the journal keeps one, also across a crash.
 * 2. What says nothing that the first generation has a word for, and what comes after the call's end
 *    was told, becomes a note: kept with the call, never told.
 */
/** Tells events of the second generation as call logs of the first. A pure function. */
final class TellV2AsV1 {
  private static final Identity END = Identity.ofName("myoperator end of call");
  private static final String UNKNOWN = "unknown";
  private static final String BUSY = "BUSY";

  private final OfEnvelope event;
  private final Envelope envelope;
  private final CallMemory before;
  private final CallFacts facts;
  private final CallMemory memory;
  private final List<Leg> legs;
  private final List<Leg> agents;

  private TellV2AsV1(OfEnvelope event, CallMemory before) {
    this.event = event;
    this.envelope = event.envelope();
    this.before = before;
    this.facts = before.facts().and(event.envelope());
    this.memory = before.withFacts(facts).and(event);
    this.legs = VendorEnvelope.legs(envelope);
    this.agents = VendorEnvelope.agents(envelope);
  }

  /**
   * What an event becomes.
   *
   * @param known the after-call log of the call, when one was told: a disposition repeats it
   */
  static Telling tell(OfEnvelope event, CallMemory memory, Optional<AfterCallLog> known) {
    return new TellV2AsV1(event, memory).tell(known);
  }

  private Telling tell(Optional<AfterCallLog> known) {
    return switch (envelope.type().orElse(null)) {
      case INITIATED -> before.ended() || before.has(Phase.MIDDLE) ? note() : initiated();
      case DIAL_BEGIN -> before.ended() || isLateRinging() ? note() : ringing();
      case ANSWERED -> before.ended() ? note() : answered();
      case END -> before.ended() ? note() : ended(0);
      case SUMMARY -> summary();
      case DISPOSITION -> disposition(known);
      case IVR_STARTED -> note();
      case null -> note();
    };
  }

  private Telling initiated() {
    var state =
        facts.type() == CallType.CLICK_TO_CALL
            ? CallState.INITIATED_BY_USER
            : CallState.INCOMING_ON_SERVER;
    var users = numbers(agents.stream());
    var startedAt = facts.startedAt();
    return inCall(state, users, startedAt == null ? event.sentAt() : startedAt);
  }

  /** The ringing of users that came only after somebody had answered it. */
  private boolean isLateRinging() {
    return before.has(Step.ANSWERED)
        && event.sequence() > 0
        && event.sequence() < before.lastSequence();
  }

  private Telling ringing() {
    var isFirstParty = facts.type() == CallType.OBD && agents.isEmpty() && !legs.isEmpty();
    if (isFirstParty || facts.type() == CallType.CLICK_TO_CALL) {
      return note();
    }
    var rung = agents.stream().filter(Leg::isRinging).toList();
    var users = rung.isEmpty() ? agents : rung;
    return inCall(
        CallState.DIALING_USERS,
        numbers(users.stream()),
        latest(users.stream().map(Leg::startedAt)));
  }

  private Telling answered() {
    var isPickedUp =
        switch (facts.type()) {
          case INCOMING -> true;
          case OBD -> legs.isEmpty() || agents.stream().anyMatch(Leg::isAnswered);
          case CLICK_TO_CALL ->
              legs.isEmpty() || legs.stream().anyMatch(leg -> leg.isCustomer() && leg.isAnswered());
        };
    if (!isPickedUp) {
      return note();
    }
    var answered = agents.stream().filter(Leg::isAnswered).toList();
    var talking = answered.stream().filter(leg -> leg.endedAt() == null).toList();
    var users = talking.isEmpty() ? answered : talking;
    return inCall(
        CallState.USER_ANSWERED,
        numbers(users.stream()),
        latest(users.stream().map(Leg::answeredAt)));
  }

  private Telling ended(int flags) {
    var endedAt = Objects.requireNonNullElse(envelope.call().endedAt(), event.sentAt());
    var users = numbers(agents.stream().filter(Leg::isAnswered));
    var log = log(finalState(), users, endedAt, status());
    return Telling.of(
        new Made(Kind.IN_CALL, flags, endedAt, END, log.toJson()),
        memory.toldInCall(/* isEnd= */ true));
  }

  private Telling summary() {
    var afterCall =
        new Made(
            Kind.AFTER_CALL,
            0,
            event.sentAt(),
            event.identity(),
            AfterCallLogOfSummary.json(event, facts));
    if (before.ended() || !before.inCallTold()) {
      return Telling.of(afterCall, memory.toldOther());
    }
    // Receivers heard of the call and would wait for its end for ever.
    var end = ended(Flag.RECONSTRUCTED.bit());
    var made = new ArrayList<>(end.made());
    made.add(afterCall);
    return new Telling(made, end.memory().toldOther());
  }

  private Telling disposition(Optional<AfterCallLog> known) {
    var call = known.orElseGet(() -> AfterCallLogOfSummary.of(event, facts));
    var json = dispositionLog(call);
    if (Bytes.utf8(json).size() > CallLogReader.SIZE_BYTES_MAX) {
      json = dispositionLog(AfterCallLogOfSummary.withoutLists(event, facts));
    }
    return Telling.of(
        new Made(Kind.DISPOSITION, 0, event.sentAt(), event.identity(), json), memory.toldOther());
  }

  private String dispositionLog(AfterCallLog call) {
    return new DispositionLog(call, envelope.call().dispositions()).toJson();
  }

  private Telling note() {
    return Telling.of(
        new Made(Kind.NOTE, 0, event.sentAt(), event.identity(), event.json()), memory);
  }

  private CallState finalState() {
    if (AfterCallLogOfSummary.status(envelope) == CallStatus.CONNECTED || legs.isEmpty()) {
      return CallState.FINISHED;
    }
    return switch (facts.type()) {
      case INCOMING -> CallState.FINISHED;
      case OBD ->
          legs.stream()
                  .min(Comparator.comparingInt(Leg::index))
                  .filter(
                      leg -> leg.isAnswered() || leg.result().strip().equalsIgnoreCase("connected"))
                  .isPresent()
              ? CallState.FINISHED
              : CallState.FIRST_PARTY_NO_ANSWER;
      case CLICK_TO_CALL -> finalStateOfClickToCall();
    };
  }

  private CallState finalStateOfClickToCall() {
    if (!agents.isEmpty() && agents.stream().noneMatch(Leg::isAnswered)) {
      return CallState.NO_USER_PICKED;
    }
    return legs.stream()
            .anyMatch(leg -> leg.isCustomer() && leg.dialStatus().strip().equalsIgnoreCase(BUSY))
        ? CallState.CLIENT_REJECTED
        : CallState.FINISHED;
  }

  private String status() {
    return String.valueOf(AfterCallLogOfSummary.status(envelope).number());
  }

  private Telling inCall(CallState state, List<String> users, Instant created) {
    return Telling.of(
        new Made(
            Kind.IN_CALL, 0, created, event.identity(), log(state, users, created, null).toJson()),
        memory.toldInCall(/* isEnd= */ false));
  }

  private InCallLog log(
      CallState state, List<String> users, Instant created, @Nullable String status) {
    var customer = PhoneNumber.of(facts.customer());
    var called = PhoneNumber.of(facts.did());
    var startedAt = facts.startedAt();
    return new InCallLog(
        Ids.log(created, event.uid() + "\n" + event.identity() + "\n" + state),
        event.uid(),
        orNull(facts.refId()),
        orNull(facts.companyId()),
        orNull(customer.raw()),
        orNull(customer.national()),
        called.national().isEmpty() ? UNKNOWN : called.national(),
        state,
        String.valueOf(facts.callDirection().number()),
        status,
        users,
        LogTime.format(created),
        LogTime.format(startedAt == null ? created : startedAt),
        orNull(facts.campaignId()),
        orNull(facts.clientRefId()),
        orNull(facts.jobId()));
  }

  private Instant latest(Stream<@Nullable Instant> times) {
    return times
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .max(Comparator.naturalOrder())
        .orElseGet(event::sentAt);
  }

  /** Users as the first generation names them: country code and number, without a plus. */
  private static List<String> numbers(Stream<Leg> legs) {
    return legs.map(TellV2AsV1::number).filter(number -> !number.isEmpty()).distinct().toList();
  }

  private static String number(Leg leg) {
    var agent = leg.agent();
    var number = PhoneNumber.of(leg.phoneNumber());
    if (number.isKnown() || agent == null) {
      return number.raw();
    }
    var contact = PhoneNumber.of(agent.contact());
    if (contact.isKnown()) {
      return contact.raw();
    }
    return agent.extension().isEmpty() ? agent.uuid() : agent.extension();
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
