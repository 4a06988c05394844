package io.switchhook.source;

import io.switchhook.calllog.AfterCallLog;
import io.switchhook.calllog.AfterCallLog.Caller;
import io.switchhook.calllog.AfterCallLog.Leg;
import io.switchhook.calllog.AfterCallLog.Parameter;
import io.switchhook.calllog.AfterCallLog.References;
import io.switchhook.calllog.AfterCallLog.TalkTime;
import io.switchhook.calllog.AfterCallLog.Times;
import io.switchhook.calllog.AfterCallLog.UserAction;
import io.switchhook.calllog.CallLogReader;
import io.switchhook.calllog.CallType;
import io.switchhook.calllog.LogTime;
import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.journal.Flag;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.NewRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes the after-call log of a call that came as in-call logs, with or without notes of its
 * source: a pure function of the call's records, so that it gives the same bytes whenever it is
 * asked. Where each key comes from stands in docs/after-call-log.md; what the records do not know
 * has the empty form of its type.
 */
public final class AssembleAfterCall {
  /** What makes a call's derived after-call log the same as an earlier one. */
  public static final Identity IDENTITY = Identity.ofName("after-call");

  private static final String FROM_IVR = "1";
  private static final int TYPE_CALL = 1;

  private AssembleAfterCall() {}

  /**
   * The after-call log of the call whose records these are, in their order; empty while the call
   * goes on, and when it has an after-call log already.
   */
  public static Optional<NewRecord> of(CallId call, List<JournalRecord> records) {
    var fold = new CallFold(call);
    records.forEach(fold::add);
    return fold.ended().map(AssembleAfterCall::record);
  }

  /** The record to append for a call that is over. */
  static NewRecord record(EndedCall call) {
    var flags = Flag.DERIVED.bit() | (call.reconstructed() ? Flag.RECONSTRUCTED.bit() : 0);
    return new NewRecord(
        call.call(), Kind.AFTER_CALL, flags, call.endedAt(), IDENTITY, Bytes.utf8(body(call)));
  }

  private static String body(EndedCall call) {
    var json = log(call, call.legs()).toJson();
    // Texts full of characters that JSON escapes could make it too large to be read again.
    return Bytes.utf8(json).size() <= CallLogReader.SIZE_BYTES_MAX
        ? json
        : log(call, List.of()).toJson();
  }

  private static AfterCallLog log(EndedCall call, List<EndedLeg> legs) {
    var caller = call.caller();
    var references = call.references();
    var startSeconds = call.startedAt().getEpochSecond();
    var endSeconds = call.endedAt().getEpochSecond();
    return new AfterCallLog(
        id(call.call(), startSeconds),
        FROM_IVR,
        call.companyId(),
        new Caller(
            caller.national(),
            caller.e164(),
            caller.countryCode(),
            "",
            "",
            call.isAnonymous() ? 1 : 0),
        Times.of(startSeconds, endSeconds, endSeconds),
        TYPE_CALL,
        call.direction().number(),
        call.recording(),
        notificationStatus(call.type()),
        call.status().number(),
        call.department(),
        List.of(new Parameter("ui", call.call().uid())),
        List.of(),
        legs.stream().map(leg -> leg(leg, call.serviceNumber())).toList(),
        List.of(),
        userActions(legs),
        talkTimes(legs),
        new References(
            references.referenceId(),
            references.jobId(),
            references.publicIvrId(),
            references.clientReferenceId()));
  }

  /** As the vendor's: the first eight digits are the second in which the call began. */
  private static String id(CallId call, long startSeconds) {
    var hash = Identity.ofName("after-call id\n" + call.company() + "\n" + call.uid()).high();
    return String.format(Locale.ROOT, "%08x%08x", (int) startSeconds, (int) hash);
  }

  private static String notificationStatus(CallType type) {
    return switch (type) {
      case INCOMING -> "0";
      case CLICK_TO_CALL -> "1";
      case OBD -> "2";
    };
  }

  private static Leg leg(EndedLeg leg, String serviceNumber) {
    return new Leg(
        LogTime.format(leg.rungAt()),
        leg.dialStatus().name(),
        serviceNumber,
        leg.users(),
        leg.transferredTo(),
        leg.hasTalked() ? "1" : "2",
        leg.startedAt().getEpochSecond(),
        leg.endedAt().getEpochSecond(),
        LogTime.duration(leg.talkSeconds()),
        action(leg));
  }

  private static String action(EndedLeg leg) {
    if (!leg.isAnswered()) {
      return "missed";
    }
    return leg.transferredTo().isEmpty() ? "received" : "transferred";
  }

  /** One entry for each user: what the last leg says that the user answered, else missed. */
  private static List<UserAction> userActions(List<EndedLeg> legs) {
    var actions = new LinkedHashMap<String, String>();
    for (var leg : legs) {
      for (var user : leg.users()) {
        if (leg.isAnswered()) {
          actions.put(user.id(), action(leg));
        } else {
          actions.putIfAbsent(user.id(), action(leg));
        }
      }
    }
    return actions.entrySet().stream()
        .map(entry -> new UserAction(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static List<TalkTime> talkTimes(List<EndedLeg> legs) {
    var seconds = new LinkedHashMap<String, Long>();
    for (var leg : legs) {
      for (var user : leg.users()) {
        if (leg.isAnswered()) {
          seconds.merge(user.id(), leg.talkSeconds(), Long::sum);
        }
      }
    }
    return seconds.entrySet().stream()
        .map(entry -> new TalkTime(entry.getKey(), entry.getValue()))
        .toList();
  }
}
