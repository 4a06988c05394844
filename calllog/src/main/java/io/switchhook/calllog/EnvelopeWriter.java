package io.switchhook.calllog;

import io.switchhook.calllog.v2.CallPayload;
import io.switchhook.calllog.v2.Envelope;
import io.switchhook.calllog.v2.Leg;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes v2 events with the fields, order and types of the vendor's pages, no white space. */
public final class EnvelopeWriter {
  private static final DateTimeFormatter SENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter HAPPENED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+00:00'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private EnvelopeWriter() {}

  /** The event as JSON. Fractions of a second below a millisecond are cut off. */
  public static String toJson(Envelope event) {
    var out = new StringBuilder(2048);
    var object = new ObjectWriter(out);
    object
        .text("event_id", event.eventId())
        .text("company_id", event.companyId())
        .text("event_type", event.eventType());
    if (event.eventSequence() != null) {
      object.number("event_sequence", event.eventSequence());
    }
    object
        .text("event_version", event.eventVersion())
        .text("timestamp", sent(event.timestamp()))
        .text("channel", event.channel())
        .text("direction", event.direction())
        .text("session_id", event.sessionId())
        .text("system_identifier", nullWhenEmpty(event.systemIdentifier()))
        .text("customer_identifier", event.customerIdentifier())
        .object("payload", payload -> call(payload, event.call()))
        .end();
    return out.toString();
  }

  private static void call(ObjectWriter out, CallPayload call) {
    out.text("id", call.id())
        .text("did", call.did())
        .text("direction", call.direction())
        .text("customer_number", call.customerNumber())
        .text("status", call.status())
        .text("category", call.category())
        .text("started_at", happened(call.startedAt()))
        .text("ended_at", happened(call.endedAt()))
        .numberOrNull("duration", call.durationSeconds())
        .text("location", call.location())
        .text("recording_filename", call.recordingFilename())
        .truth("billable", call.billable())
        .text("ref_id", call.refId())
        .text("client_ref_id", call.clientRefId());
    var campaign = call.obdCampaign();
    if (campaign == null) {
      out.text("obd_campaign", null);
    } else {
      out.object("obd_campaign", o -> o.text("id", campaign.id()).text("job_id", campaign.jobId()));
    }
    out.objects("legs", call.legs(), EnvelopeWriter::leg)
        .objects("comments", call.comments(), (o, entry) -> entry.forEach(o::text));
    if (!call.dispositions().isEmpty()) {
      out.objects("dispositions", call.dispositions(), (o, entry) -> entry.forEach(o::text));
    }
  }

  private static void leg(ObjectWriter out, Leg leg) {
    out.number("leg_index", leg.index())
        .text("uid", leg.uid())
        .text("type", leg.type())
        .text("phone_number", leg.phoneNumber())
        .text("result", leg.result())
        .text("dial_status", leg.dialStatus())
        .numberOrNull("ring_duration", leg.ringSeconds())
        .numberOrNull("talk_duration", leg.talkSeconds())
        .text("started_at", happened(leg.startedAt()))
        .text("ended_at", happened(leg.endedAt()))
        .text("answered_at", happened(leg.answeredAt()))
        .text("pickup_device", leg.pickupDevice())
        .text("dept_id", leg.departmentId());
    var agent = leg.agent();
    if (agent == null) {
      out.text("agent", null);
    } else {
      out.object(
          "agent",
          o ->
              o.text("uuid", agent.uuid())
                  .text("name", agent.name())
                  .text("email", agent.email())
                  .text("contact", agent.contact())
                  .text("extension", agent.extension()));
    }
    var department = leg.department();
    if (department == null) {
      out.text("department", null);
    } else {
      out.object("department", o -> o.text("id", department.id()).text("name", department.name()));
    }
  }

  private static @Nullable String sent(@Nullable Instant instant) {
    return instant == null ? null : SENT.format(instant.truncatedTo(ChronoUnit.MILLIS));
  }

  private static @Nullable String happened(@Nullable Instant instant) {
    return instant == null ? null : HAPPENED.format(instant);
  }

  private static @Nullable String nullWhenEmpty(String text) {
    return text.isEmpty() ? null : text;
  }
}
