package io.switchhook.source.myoperator;

import io.switchhook.calllog.AfterCallLog;
import io.switchhook.calllog.AfterCallLog.Caller;
import io.switchhook.calllog.AfterCallLog.Comment;
import io.switchhook.calllog.AfterCallLog.Department;
import io.switchhook.calllog.AfterCallLog.Parameter;
import io.switchhook.calllog.AfterCallLog.Recording;
import io.switchhook.calllog.AfterCallLog.References;
import io.switchhook.calllog.AfterCallLog.TalkTime;
import io.switchhook.calllog.AfterCallLog.Times;
import io.switchhook.calllog.AfterCallLog.User;
import io.switchhook.calllog.AfterCallLog.UserAction;
import io.switchhook.calllog.CallLogReader;
import io.switchhook.calllog.CallStatus;
import io.switchhook.calllog.LogTime;
import io.switchhook.calllog.v2.Envelope;
import io.switchhook.calllog.v2.Leg;
import io.switchhook.event.Bytes;
import io.switchhook.source.myoperator.VendorEvent.OfEnvelope;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The after-call log of a call whose summary has come. Where each field comes from, and what stands
 * where the summary lacks one, is in docs/myoperator.md.
 */
final class AfterCallLogOfSummary {
  private static final String FROM_IVR = "1";
  private static final int TYPE_CALL = 1;
  private static final String RECEIVED = "received";
  private static final String MISSED = "missed";
  private static final int COMMENTS_MAX = 100;
  private static final Leg.Agent NOBODY = new Leg.Agent("", "", "", "", "");

  private AfterCallLogOfSummary() {}

  /** The log as JSON, without legs and notes when it would be too large to be read again. */
  static String json(OfEnvelope event, CallFacts facts) {
    var json = of(event, facts).toJson();
    return Bytes.utf8(json).size() <= CallLogReader.SIZE_BYTES_MAX
        ? json
        : withoutLists(event, facts).toJson();
  }

  /** Without legs and notes. */
  static AfterCallLog withoutLists(OfEnvelope event, CallFacts facts) {
    return log(event, facts, List.of(), List.of());
  }

  static AfterCallLog of(OfEnvelope event, CallFacts facts) {
    return log(
        event,
        facts,
        VendorEnvelope.agents(event.envelope()),
        event.envelope().call().comments().stream()
            .limit(COMMENTS_MAX)
            .map(AfterCallLogOfSummary::comment)
            .toList());
  }

  private static AfterCallLog log(
      OfEnvelope event, CallFacts facts, List<Leg> legs, List<Comment> comments) {
    var envelope = event.envelope();
    var call = envelope.call();
    var customer = PhoneNumber.of(facts.customer());
    var times = times(event, facts);
    var did = PhoneNumber.of(facts.did()).national();
    return new AfterCallLog(
        Ids.log(Instant.ofEpochSecond(times.startedAt()), event.uid() + "\nafter-call"),
        FROM_IVR,
        facts.companyId(),
        new Caller(
            customer.isKnown() ? customer.national() : "",
            customer.e164(),
            customer.countryCode(),
            "",
            call.location(),
            customer.isKnown() ? 0 : 1),
        times,
        TYPE_CALL,
        facts.callDirection().number(),
        new Recording(call.recordingFilename(), ""),
        notificationStatus(facts),
        status(envelope).number(),
        department(legs),
        List.of(new Parameter("ui", event.uid())),
        comments,
        legs.stream().map(leg -> leg(leg, did, times)).toList(),
        List.of(),
        userActions(legs),
        talkTimes(legs),
        new References(facts.refId(), facts.jobId(), facts.campaignId(), facts.clientRefId()));
  }

  /** How the call ended; when the vendor does not say, by whether an agent answered. */
  static CallStatus status(Envelope envelope) {
    return envelope
        .call()
        .callStatus()
        .orElseGet(
            () ->
                VendorEnvelope.agents(envelope).stream().anyMatch(Leg::isAnswered)
                    ? CallStatus.CONNECTED
                    : CallStatus.MISSED);
  }

  private static Times times(OfEnvelope event, CallFacts facts) {
    var call = event.envelope().call();
    var seconds = orZero(call.durationSeconds());
    var began = facts.startedAt();
    var ended = call.endedAt();
    if (ended == null) {
      ended = began == null ? event.sentAt() : began.plusSeconds(seconds);
    }
    var startedAt = began == null ? ended.minusSeconds(seconds) : began;
    var endedAt = ended;
    var sentAt = event.sentAt();
    return Times.of(startedAt.getEpochSecond(), endedAt.getEpochSecond(), sentAt.getEpochSecond());
  }

  private static String notificationStatus(CallFacts facts) {
    if (facts.category().equals("webcall")) {
      return "3";
    }
    return switch (facts.type()) {
      case INCOMING -> "0";
      case CLICK_TO_CALL -> "1";
      case OBD -> "2";
    };
  }

  /** Of the agent who talked to the customer last; of the last who was rung, if nobody did. */
  private static Department department(List<Leg> legs) {
    var named = legs.stream().filter(leg -> !department(leg).id().isEmpty()).toList();
    return named.stream()
        .filter(Leg::isAnswered)
        .reduce((_, later) -> later)
        .or(() -> named.stream().reduce((_, later) -> later))
        .map(AfterCallLogOfSummary::department)
        .orElse(new Department("", ""));
  }

  private static Department department(Leg leg) {
    var department = leg.department();
    return department == null
        ? new Department("", leg.departmentId())
        : new Department(
            department.name(), department.id().isEmpty() ? leg.departmentId() : department.id());
  }

  private static AfterCallLog.Leg leg(Leg leg, String did, Times call) {
    var rungAt = rungAt(leg, call);
    var startedAt = leg.isAnswered() ? answeredAt(leg, rungAt) : rungAt;
    var talkSeconds = talkSeconds(leg);
    var endedAt =
        leg.endedAt() == null
            ? startedAt.plusSeconds(leg.isAnswered() ? talkSeconds : orZero(leg.ringSeconds()))
            : leg.endedAt();
    return new AfterCallLog.Leg(
        LogTime.format(rungAt),
        dialStatus(leg),
        did,
        List.of(user(leg)),
        List.of(),
        leg.isAnswered() ? "1" : "2",
        startedAt.getEpochSecond(),
        endedAt.getEpochSecond(),
        LogTime.duration(talkSeconds),
        leg.isAnswered() ? RECEIVED : MISSED);
  }

  private static Instant rungAt(Leg leg, Times call) {
    if (leg.startedAt() != null) {
      return leg.startedAt();
    }
    if (leg.answeredAt() != null) {
      return leg.answeredAt().minusSeconds(orZero(leg.ringSeconds()));
    }
    return Instant.ofEpochSecond(call.startedAt());
  }

  private static Instant answeredAt(Leg leg, Instant rungAt) {
    return leg.answeredAt() == null
        ? rungAt.plusSeconds(orZero(leg.ringSeconds()))
        : leg.answeredAt();
  }

  private static long talkSeconds(Leg leg) {
    if (!leg.isAnswered()) {
      return 0;
    }
    var answeredAt = leg.answeredAt();
    var endedAt = leg.endedAt();
    if (leg.talkSeconds() != null || answeredAt == null || endedAt == null) {
      return orZero(leg.talkSeconds());
    }
    return Math.max(0, endedAt.getEpochSecond() - answeredAt.getEpochSecond());
  }

  /** As the first generation writes it, in one word. */
  private static String dialStatus(Leg leg) {
    var status = leg.dialStatus().strip().toUpperCase(Locale.ROOT);
    return switch (status) {
      case "" -> leg.isAnswered() ? "ANSWER" : "NOANSWER";
      case "NO ANSWER" -> "NOANSWER";
      default -> status;
    };
  }

  private static User user(Leg leg) {
    var agent = Objects.requireNonNullElse(leg.agent(), NOBODY);
    var number = PhoneNumber.of(leg.phoneNumber().isEmpty() ? agent.contact() : leg.phoneNumber());
    return new User(
        agent.uuid(),
        agent.name(),
        agent.email(),
        agent.extension(),
        number.isKnown() ? number.national() : "",
        number.e164());
  }

  /** The vendor shows no comment in its examples, so all names that were seen anywhere count. */
  private static Comment comment(Map<String, String> comment) {
    var number = PhoneNumber.of(first(comment, "contact", "number", "phone_number"));
    return new Comment(
        first(comment, "text", "comment", "message", "body", "note", "value"),
        first(comment, "id", "uuid", "comment_id"),
        seconds(first(comment, "created_at", "created", "time", "timestamp")),
        new User(
            first(comment, "agent_id", "user_id", "agent_uuid"),
            first(comment, "name", "agent_name", "user_name", "author"),
            first(comment, "email"),
            first(comment, "extension"),
            number.isKnown() ? number.national() : "",
            number.e164()));
  }

  private static String first(Map<String, String> entry, String... names) {
    return Arrays.stream(names)
        .map(name -> entry.getOrDefault(name, ""))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static long seconds(String time) {
    if (time.matches("[0-9]{1,10}")) {
      return Long.parseLong(time);
    }
    try {
      return OffsetDateTime.parse(time).toEpochSecond();
    } catch (DateTimeException _) {
      return LogTime.parse(time).map(Instant::getEpochSecond).orElse(0L);
    }
  }

  private static List<UserAction> userActions(List<Leg> legs) {
    var actions = new LinkedHashMap<String, String>();
    for (var leg : legs) {
      var id = idOf(leg);
      if (!id.isEmpty()) {
        actions.merge(
            id, leg.isAnswered() ? RECEIVED : MISSED, (was, is) -> was.equals(RECEIVED) ? was : is);
      }
    }
    return actions.entrySet().stream()
        .map(entry -> new UserAction(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static List<TalkTime> talkTimes(List<Leg> legs) {
    var seconds = new LinkedHashMap<String, Long>();
    legs.stream()
        .filter(leg -> leg.isAnswered() && !idOf(leg).isEmpty())
        .forEach(leg -> seconds.merge(idOf(leg), talkSeconds(leg), Long::sum));
    return seconds.entrySet().stream()
        .map(entry -> new TalkTime(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static String idOf(Leg leg) {
    return user(leg).id().isEmpty() ? user(leg).number() : user(leg).id();
  }

  private static long orZero(@Nullable Integer seconds) {
    return seconds == null ? 0 : Math.max(0, seconds);
  }
}
