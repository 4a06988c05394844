package io.switchhook.source.myoperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.calllog.CallType;
import io.switchhook.calllog.Direction;
import io.switchhook.calllog.v2.Envelope;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call from all of its events so far: the vendor leaves out in one what it said
 * in another. Texts that are not known are empty.
 *
 * @param did the number that was called, or that called
 * @param customer the customer's number
 * @param category as in {@link io.switchhook.calllog.v2.CallPayload}
 * @param startedAtMillis since 1970; 0 when it is not known
 */
record CallFacts(
    String did,
    String customer,
    String category,
    String direction,
    long startedAtMillis,
    String companyId,
    String refId,
    String clientRefId,
    String campaignId,
    String jobId) {
  /** Nothing is known yet. */
  static final CallFacts NONE = new CallFacts("", "", "", "", 0, "", "", "", "", "");

  private static final String INCOMING = "incoming";

  /** With what this event says: what it leaves out stays as it was. */
  CallFacts and(Envelope event) {
    var call = event.call();
    var startedAt = call.startedAt();
    var campaign = call.obdCampaign();
    return new CallFacts(
        either(event.systemIdentifier(), either(call.did(), did)),
        either(event.customerIdentifier(), either(call.customerNumber(), customer)),
        either(call.category().strip().toLowerCase(Locale.ROOT), category),
        event.callDirection().map(Direction::word).orElse(direction),
        startedAt == null ? startedAtMillis : startedAt.toEpochMilli(),
        either(event.companyId(), companyId),
        either(call.refId(), refId),
        either(call.clientRefId(), clientRefId),
        campaign == null ? campaignId : either(campaign.id(), campaignId),
        campaign == null ? jobId : either(campaign.jobId(), jobId));
  }

  /** When the call began; null when no event has said it. */
  @Nullable Instant startedAt() {
    return startedAtMillis == 0 ? null : Instant.ofEpochMilli(startedAtMillis);
  }

  /** Incoming unless an event says otherwise. */
  Direction callDirection() {
    if (direction.isEmpty()) {
      return category.isEmpty() || category.equals(INCOMING)
          ? Direction.INCOMING
          : Direction.OUTGOING;
    }
    return direction.equals(INCOMING) ? Direction.INCOMING : Direction.OUTGOING;
  }

  /** How the call came about, in the words of the first generation. */
  CallType type() {
    if (category.equals("obd") || category.equals("otp")) {
      return CallType.OBD;
    }
    if (callDirection() == Direction.INCOMING) {
      return CallType.INCOMING;
    }
    var isRequested = !campaignId.isEmpty() || !refId.isEmpty() || !clientRefId.isEmpty();
    return category.isEmpty() && isRequested ? CallType.OBD : CallType.CLICK_TO_CALL;
  }

  ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("did", did)
        .put("customer", customer)
        .put("category", category)
        .put("direction", direction)
        .put("started_at", startedAtMillis)
        .put("company_id", companyId)
        .put("ref_id", refId)
        .put("client_ref_id", clientRefId)
        .put("campaign_id", campaignId)
        .put("job_id", jobId);
  }

  static CallFacts ofJson(JsonNode json) {
    return new CallFacts(
        json.path("did").asText(""),
        json.path("customer").asText(""),
        json.path("category").asText(""),
        json.path("direction").asText(""),
        json.path("started_at").asLong(),
        json.path("company_id").asText(""),
        json.path("ref_id").asText(""),
        json.path("client_ref_id").asText(""),
        json.path("campaign_id").asText(""),
        json.path("job_id").asText(""));
  }

  private static String either(String first, String second) {
    return first.isEmpty() ? second : first;
  }

  /** Says that they are some, not which: they hold telephone numbers. */
  @Override
  public String toString() {
    return "facts of a call";
  }
}
