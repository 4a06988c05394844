package io.switchhook.source.asterisk.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchhook.source.asterisk.OriginateRequest;
import java.util.Locale;
import java.util.Optional;

/** A request for a call as a text that is kept over restarts. */
final class RequestJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RequestJson() {}

  static String text(OriginateRequest request) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", request.type().name().toLowerCase(Locale.ROOT))
        .put("reference_id", request.referenceId())
        .put("client_ref_id", request.clientRefId())
        .put("public_ivr_id", request.publicIvrId())
        .put("user", request.user())
        .put("number", request.number())
        .put("action_id", request.actionId())
        .put("account", request.account())
        .put("channel_id", request.channelId())
        .put("channel", request.channel())
        .toString();
  }

  /** The request of a text that {@link #text} made; empty for anything else. */
  static Optional<OriginateRequest> read(String text) {
    try {
      var json = JSON.readTree(text);
      return Optional.of(
          new OriginateRequest(
              OriginateRequest.Type.valueOf(value(json, "type").toUpperCase(Locale.ROOT)),
              value(json, "reference_id"),
              value(json, "client_ref_id"),
              value(json, "public_ivr_id"),
              value(json, "user"),
              value(json, "number"),
              value(json, "action_id"),
              value(json, "account"),
              value(json, "channel_id"),
              value(json, "channel")));
    } catch (JsonProcessingException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String value(JsonNode json, String name) {
    return json.path(name).asText("");
  }
}
