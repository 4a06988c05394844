package io.switchhook.source.myoperator;

import io.switchhook.calllog.AfterCallLog;
import io.switchhook.calllog.CallState;
import io.switchhook.calllog.DispositionLog;
import io.switchhook.calllog.InCallLog;
import io.switchhook.calllog.LogTime;
import io.switchhook.calllog.v2.CallPayload;
import io.switchhook.calllog.v2.CallPayload.ObdCampaign;
import io.switchhook.calllog.v2.Leg;
import io.switchhook.calllog.v2.Leg.Agent;
import io.switchhook.calllog.v2.Leg.Department;
import io.switchhook.source.myoperator.VendorEvent.OfLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a call log of the first generation says of its call, as the second generation says it. */
final class PayloadOfLog {
  private static final String INCOMING = "incoming";
  private static final String OUTGOING = "outgoing";
  private static final String OBD = "obd";
  private static final String CLICK_TO_CALL = "oneway";
  private static final String UNKNOWN = "unknown";
  private static final long SECOND_MAX = 253_402_300_799L;
  private static final int NATIONAL_DIGITS_MAX = 10;
  private static final int NUMBER_DIGITS_MIN = 8;

  private PayloadOfLog() {}

  static CallPayload ofInCall(InCallLog log, OfLog event) {
    var state = log.callState();
    var direction = "2".equals(orEmpty(log.event()).strip()) ? OUTGOING : INCOMING;
    var customer = e164(log);
    var startedAt = log.calledAt().or(log::createdAt).orElse(event.receivedAt());
    var endedAt = state.isFinal() ? event.happenedAt() : null;
    return new CallPayload(
        log.uid(),
        orEmpty(log.rdnis()).equals(UNKNOWN) ? "" : orEmpty(log.rdnis()),
        direction,
        customer,
        state.isFinal() ? statusOf(orEmpty(log.status()).strip(), state) : "",
        categoryOf(state, direction),
        startedAt,
        endedAt,
        endedAt == null ? null : seconds(startedAt.getEpochSecond(), endedAt.getEpochSecond()),
        "",
        "",
        null,
        orEmpty(log.referenceId()),
        orEmpty(log.clientRefId()),
        campaign(orEmpty(log.publicIvrId()), orEmpty(log.jobId())),
        legs(log, customer),
        List.of(),
        List.of());
  }

  private static String statusOf(String status, CallState state) {
    return switch (status) {
      case "1" -> "bridged";
      case "2" -> "missed";
      case "3" -> "voicemail";
      // These states have only one meaning, also in a log that does not say.
      default -> state == CallState.FINISHED ? "" : "missed";
    };
  }

  private static String categoryOf(CallState state, String direction) {
    return switch (state) {
      case INITIATED_BY_USER, CLIENT_REJECTED, NO_USER_PICKED -> CLICK_TO_CALL;
      case FIRST_PARTY_NO_ANSWER -> OBD;
      case INCOMING_ON_SERVER, FINISHED, DIALING_USERS, USER_ANSWERED, UNDOCUMENTED ->
          direction.equals(OUTGOING) ? OBD : INCOMING;
    };
  }

  private static List<Leg> legs(InCallLog log, String customer) {
    var state = log.callState();
    var legs = new ArrayList<Leg>();
    legs.add(
        leg(
            1,
            customer,
            switch (state) {
              case INITIATED_BY_USER -> new How("dialing", "");
              case FIRST_PARTY_NO_ANSWER -> new How("not_answered", "NOANSWER");
              case CLIENT_REJECTED -> new How("not_answered", "BUSY");
              case INCOMING_ON_SERVER,
                  FINISHED,
                  DIALING_USERS,
                  USER_ANSWERED,
                  UNDOCUMENTED,
                  NO_USER_PICKED ->
                  new How("connected", "");
            },
            null));
    for (var user : log.users()) {
      var digits = user.startsWith("+") ? user.substring(1) : user;
      var isNumber = digits.length() >= NUMBER_DIGITS_MIN && isDigits(digits);
      legs.add(
          leg(
              legs.size() + 1,
              isNumber ? "+" + digits : "",
              howOfUser(state),
              new Agent(isNumber ? "" : user, "", "", isNumber ? "+" + digits : "", "")));
    }
    return legs;
  }

  private record How(String result, String dialStatus) {}

  private static How howOfUser(CallState state) {
    return switch (state) {
      case USER_ANSWERED, FINISHED -> new How("answered", "ANSWER");
      case NO_USER_PICKED -> new How("not_answered", "NOANSWER");
      case DIALING_USERS,
          INCOMING_ON_SERVER,
          INITIATED_BY_USER,
          FIRST_PARTY_NO_ANSWER,
          CLIENT_REJECTED,
          UNDOCUMENTED ->
          new How("ringing", "");
    };
  }

  /** A leg of which nothing more is known; a customer's when there is no agent. */
  private static Leg leg(int index, String number, How how, @Nullable Agent agent) {
    return new Leg(
        index,
        "",
        agent == null ? "customer" : "agent",
        number,
        how.result(),
        how.dialStatus(),
        null,
        null,
        null,
        null,
        null,
        "",
        "",
        agent,
        null);
  }

  static CallPayload ofDisposition(DispositionLog log, OfLog event) {
    return ofCall(log.call(), event, log.dispositions());
  }

  static CallPayload ofAfterCall(AfterCallLog log, OfLog event) {
    return ofCall(log, event, List.of());
  }

  private static CallPayload ofCall(
      AfterCallLog log, OfLog event, List<Map<String, String>> dispositions) {
    var caller = log.caller();
    var direction = log.direction() == 2 ? OUTGOING : INCOMING;
    var customer = caller.e164().isEmpty() ? caller.national() : caller.e164();
    var times = log.times();
    var references = log.references();
    return new CallPayload(
        event.uid(),
        log.legs().stream()
            .map(AfterCallLog.Leg::dialedId)
            .filter(did -> !did.isEmpty())
            .findFirst()
            .orElse(""),
        direction,
        customer,
        statusOf(log.status()),
        categoryOf(log.notificationStatus(), direction),
        instant(times.startedAt()),
        instant(times.endedAt()),
        seconds(times.startedAt(), times.endedAt()),
        caller.place(),
        log.recording().fileName(),
        null,
        references.referenceId(),
        references.clientReferenceId(),
        campaign(references.publicIvrId(), references.jobId()),
        legs(log, customer),
        log.comments().stream().map(PayloadOfLog::comment).toList(),
        dispositions);
  }

  static CallPayload withoutLists(CallPayload call) {
    return new CallPayload(
        call.id(),
        call.did(),
        call.direction(),
        call.customerNumber(),
        call.status(),
        call.category(),
        call.startedAt(),
        call.endedAt(),
        call.durationSeconds(),
        call.location(),
        call.recordingFilename(),
        call.billable(),
        call.refId(),
        call.clientRefId(),
        call.obdCampaign(),
        List.of(),
        List.of(),
        call.dispositions());
  }

  private static String statusOf(int status) {
    return switch (status) {
      case 1 -> "bridged";
      case 2 -> "missed";
      case 3 -> "voicemail";
      default -> "";
    };
  }

  private static String categoryOf(String notificationStatus, String direction) {
    return switch (notificationStatus) {
      case "1" -> CLICK_TO_CALL;
      case "2" -> OBD;
      case "3" -> "webcall";
      default -> direction.equals(OUTGOING) ? CLICK_TO_CALL : INCOMING;
    };
  }

  private static List<Leg> legs(AfterCallLog log, String customer) {
    var legs = new ArrayList<Leg>();
    legs.add(leg(1, customer, new How("connected", ""), null));
    for (var leg : log.legs()) {
      for (var user : leg.receivedBy()) {
        legs.add(leg(legs.size() + 1, leg, user, log.department()));
      }
    }
    return legs;
  }

  private static Leg leg(
      int index, AfterCallLog.Leg leg, AfterCallLog.User user, AfterCallLog.Department department) {
    var isAnswered = leg.status().equals("1") || leg.dialStatus().equals("ANSWER");
    var rungAt = LogTime.parse(leg.ringStart()).orElse(null);
    var ringEnd = isAnswered ? leg.startedAt() : leg.endedAt();
    return new Leg(
        index,
        "",
        "agent",
        user.e164(),
        isAnswered ? "answered" : "not_answered",
        leg.dialStatus(),
        rungAt == null ? null : seconds(rungAt.getEpochSecond(), ringEnd),
        isAnswered ? seconds(leg.startedAt(), leg.endedAt()) : null,
        rungAt,
        instant(leg.endedAt()),
        isAnswered ? instant(leg.startedAt()) : null,
        "",
        department.id(),
        new Agent(user.id(), user.name(), user.email(), user.e164(), user.extension()),
        department.id().isEmpty() ? null : new Department(department.id(), department.name()));
  }

  private static Map<String, String> comment(AfterCallLog.Comment comment) {
    var entry = new LinkedHashMap<String, String>();
    var writtenAt = instant(comment.writtenAt());
    entry.put("id", comment.id());
    entry.put("text", comment.text());
    entry.put("created_at", writtenAt == null ? "" : writtenAt.toString());
    entry.put("agent_id", comment.author().id());
    entry.put("name", comment.author().name());
    entry.put("email", comment.author().email());
    entry.put("extension", comment.author().extension());
    entry.put("contact", comment.author().e164());
    return entry;
  }

  private static @Nullable ObdCampaign campaign(String publicIvrId, String jobId) {
    return publicIvrId.isEmpty() && jobId.isEmpty() ? null : new ObdCampaign(publicIvrId, jobId);
  }

  private static String e164(InCallLog log) {
    var formatted = orEmpty(log.clid());
    var number = orEmpty(log.clidRaw()).isEmpty() ? formatted : orEmpty(log.clidRaw());
    if (formatted.startsWith("+")) {
      return formatted;
    }
    return isDigits(number) && number.length() > NATIONAL_DIGITS_MAX ? "+" + number : number;
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The time of a log; null for 0, which stands for one that is not known, and for nonsense. */
  private static @Nullable Instant instant(long epochSecond) {
    return epochSecond <= 0 || epochSecond > SECOND_MAX ? null : Instant.ofEpochSecond(epochSecond);
  }

  private static int seconds(long from, long to) {
    if (from < 0 || to < from || to > SECOND_MAX) {
      return 0;
    }
    return (int) Math.min(Integer.MAX_VALUE, to - from);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
