package io.switchhook.calllog.v2;

import io.switchhook.calllog.CallStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code payload} of a call's event. The vendor does not publish the keys of comments and
 * dispositions, so an entry is its fields as texts.
 *
 * @param id the call's uid, as {@code session_id}
 * @param did the service number
 * @param direction {@code incoming} or {@code outgoing}
 * @param customerNumber E.164
 * @param status {@code bridged}, {@code missed} or {@code voicemail}
 * @param category {@code incoming}, {@code oneway}, {@code callback}, {@code webcall}, {@code obd}
 *     or {@code otp}
 * @param durationSeconds of the whole call: ringing and menus are in it
 * @param location "State, Country"
 * @param recordingFilename a file's name, no address
 * @param billable null when it does not say
 * @param refId MyOperator's own id of an OBD request
 * @param clientRefId the {@code reference_id} that the client gave in its OBD request
 * @param obdCampaign null outside a campaign
 * @param dispositions of a disposition
 */
public record CallPayload(
    String id,
    String did,
    String direction,
    String customerNumber,
    String status,
    String category,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Integer durationSeconds,
    String location,
    String recordingFilename,
    @Nullable Boolean billable,
    String refId,
    String clientRefId,
    @Nullable ObdCampaign obdCampaign,
    List<Leg> legs,
    List<Map<String, String>> comments,
    List<Map<String, String>> dispositions) {

  public CallPayload {
    legs = List.copyOf(legs);
    comments = copyInOrder(comments);
    dispositions = copyInOrder(dispositions);
  }

  /** {@code obd_campaign}: what an OBD call belongs to. */
  public record ObdCampaign(String id, String jobId) {}

  /** How the call ended, in v1's words; empty before its end. */
  public Optional<CallStatus> callStatus() {
    return switch (status.strip().toLowerCase(Locale.ROOT)) {
      case "bridged", "connected" -> Optional.of(CallStatus.CONNECTED);
      case "missed" -> Optional.of(CallStatus.MISSED);
      case "voicemail" -> Optional.of(CallStatus.VOICEMAIL);
      default -> Optional.empty();
    };
  }

  /** True when the system dialed the customer. */
  public boolean isObd() {
    return obdCampaign != null || category.strip().equalsIgnoreCase("obd");
  }

  /** Says what it is, not whose: events hold telephone numbers. */
  @Override
  public String toString() {
    return "v2 call of " + legs.size() + " legs";
  }

  private static List<Map<String, String>> copyInOrder(List<Map<String, String>> entries) {
    return entries.stream()
        .map(entry -> Collections.unmodifiableMap(new LinkedHashMap<>(entry)))
        .toList();
  }
}
