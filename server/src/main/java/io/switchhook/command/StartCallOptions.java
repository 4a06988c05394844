package io.switchhook.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Option;

/** Which call {@code calls start} starts. */
final class StartCallOptions {
  @Option(
      names = "--user",
      paramLabel = "USER",
      description = "Click to call: this user first (id, extension or number), then the number.")
  String user = "";

  @Option(
      names = "--ivr",
      paramLabel = "ID",
      description = "OBD: the number first, then what the settings name for this public_ivr_id.")
  String ivr = "";

  @Option(
      names = "--client-ref",
      paramLabel = "ID",
      description = "Your own reference; within 24 hours it starts no second call.")
  String clientRef = "";

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Through which source, when there are several.")
  String source = "";

  /** The body of the request. */
  ObjectNode json(String number) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("type", user.isEmpty() ? "obd" : "click_to_call").put("number", number);
    put(json, "user", user);
    put(json, "public_ivr_id", ivr);
    put(json, "client_ref_id", clientRef);
    put(json, "source", source);
    return json;
  }

  private static void put(ObjectNode json, String name, String value) {
    if (!value.isEmpty()) {
      json.put(name, value);
    }
  }
}
