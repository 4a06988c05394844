package io.switchhook.calllog;

import io.switchhook.calllog.v2.CallPayload;
import io.switchhook.calllog.v2.CallPayload.ObdCampaign;
import io.switchhook.calllog.v2.Envelope;
import io.switchhook.calllog.v2.Leg;
import io.switchhook.calllog.v2.Leg.Agent;
import io.switchhook.calllog.v2.Leg.Department;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a v2 event of its fields. */
final class ReadEnvelope {
  /** Epoch seconds beyond this are milliseconds: as seconds they would be in the year 5138. */
  private static final long SECONDS_MAX = 99_999_999_999L;

  /** The names under which dispositions stand; the vendor's page does not say which. */
  private static final List<String> DISPOSITION_NAMES =
      List.of("dispositions", "disposition", "_dsp");

  private ReadEnvelope() {}

  static Envelope of(FieldReader root) {
    var payload = root.objectOrNull("payload");
    var call = call(payload == null ? FieldReader.empty() : payload);
    var session = root.text("session_id");
    return new Envelope(
        root.text("event_id"),
        root.text("company_id"),
        root.text("event_type").strip(),
        integer(root, "event_sequence"),
        root.text("event_version"),
        time(root, "timestamp"),
        root.text("channel").strip(),
        root.text("direction"),
        session.isBlank() ? call.id() : session,
        root.number("system_identifier"),
        root.number("customer_identifier"),
        call);
  }

  private static CallPayload call(FieldReader payload) {
    return new CallPayload(
        payload.text("id"),
        payload.number("did"),
        payload.text("direction"),
        payload.number("customer_number"),
        payload.text("status"),
        payload.text("category"),
        time(payload, "started_at"),
        time(payload, "ended_at"),
        integer(payload, "duration"),
        payload.text("location"),
        payload.text("recording_filename"),
        truth(payload.text("billable")),
        payload.text("ref_id"),
        payload.text("client_ref_id"),
        campaign(payload.objectOrNull("obd_campaign")),
        payload.objects("legs", ReadEnvelope::leg),
        payload.entries("comments"),
        dispositions(payload));
  }

  private static @Nullable ObdCampaign campaign(@Nullable FieldReader campaign) {
    return campaign == null ? null : new ObdCampaign(campaign.text("id"), campaign.text("job_id"));
  }

  private static List<Map<String, String>> dispositions(FieldReader payload) {
    return DISPOSITION_NAMES.stream()
        .map(payload::entries)
        .filter(entries -> !entries.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static Leg leg(FieldReader leg) {
    return new Leg(
        leg.small("leg_index"),
        leg.text("uid"),
        leg.text("type"),
        leg.number("phone_number"),
        leg.text("result"),
        leg.text("dial_status"),
        integer(leg, "ring_duration"),
        integer(leg, "talk_duration"),
        time(leg, "started_at"),
        time(leg, "ended_at"),
        time(leg, "answered_at"),
        leg.text("pickup_device"),
        leg.text("dept_id"),
        agent(leg.objectOrNull("agent")),
        department(leg.objectOrNull("department")));
  }

  private static @Nullable Agent agent(@Nullable FieldReader agent) {
    return agent == null
        ? null
        : new Agent(
            agent.text("uuid"),
            agent.text("name"),
            agent.text("email"),
            agent.number("contact"),
            agent.text("extension"));
  }

  private static @Nullable Department department(@Nullable FieldReader department) {
    return department == null
        ? null
        : new Department(department.text("id"), department.text("name"));
  }

  private static @Nullable Integer integer(FieldReader fields, String name) {
    return fields.text(name).isBlank() ? null : (Integer) fields.small(name);
  }

  private static @Nullable Boolean truth(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> null;
    };
  }

  /** ISO 8601 with an offset (the vendor's page), as v1 writes times, or epoch seconds. */
  private static @Nullable Instant time(FieldReader fields, String name) {
    var text = fields.text(name).strip();
    if (text.isEmpty()) {
      return null;
    }
    if (text.length() <= 13 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      var number = Long.parseLong(text);
      return number > SECONDS_MAX ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException _) {
      return LogTime.parse(text.replace('T', ' ')).orElse(null);
    }
  }
}
