package io.switchhook.source.myoperator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the parameters of a request together as the call log that they are picked from. */
final class ParameterFields {
  /** The keys of an in-call log in the order of the vendor's sample. */
  private static final List<String> IN_CALL =
      List.of(
          "id",
          "uid",
          "reference_id",
          "company_id",
          "clid_raw",
          "clid",
          "rdnis",
          "call_state",
          "event",
          "status",
          "users",
          "created",
          "call_time",
          "public_ivr_id",
          "client_ref_id",
          "job_id");

  private static final List<String> AFTER_CALL =
      List.of(
          "_ai", "_so", "_ci", "_cr", "_cm", "_cl", "_cy", "_se", "_ts", "_st", "_ms", "_ss", "_et",
          "_dr", "_drm", "_ty", "_ev", "_fn", "_fu", "_ns", "_su", "_dn", "_di", "_an", "_ri",
          "_ji", "_ivid", "_cri");

  private static final Set<String> NUMBERS =
      Set.of("_ts", "_st", "_ms", "_ss", "_et", "_ty", "_ev", "_su", "_an");

  private ParameterFields() {}

  /** True for a name of a call log's field that a parameter can hold. */
  static boolean isField(String name) {
    return IN_CALL.contains(name) || AFTER_CALL.contains(name);
  }

  /** The call log of these fields; one with {@code _ai} is an after-call log. */
  static String json(Map<String, String> fields) {
    return fields.containsKey("_ai") ? afterCall(fields) : inCall(fields);
  }

  /** All sixteen keys: what no parameter holds is null, as in a log that does not know it. */
  private static String inCall(Map<String, String> fields) {
    var log = JsonNodeFactory.instance.objectNode();
    for (var name : IN_CALL) {
      var value = fields.getOrDefault(name, "");
      // A list as JSON text is read as a list by whoever reads the log.
      if (name.equals("users") && !value.startsWith("[")) {
        var users = log.putArray(name);
        for (var user : value.split(",", -1)) {
          if (!user.isBlank()) {
            users.add(user.strip());
          }
        }
      } else if (value.isEmpty()) {
        log.putNull(name);
      } else {
        log.put(name, value);
      }
    }
    return log.toString();
  }

  /** Those keys that came, and the uid where an after-call log has it. */
  private static String afterCall(Map<String, String> fields) {
    var log = JsonNodeFactory.instance.objectNode();
    for (var name : AFTER_CALL) {
      var value = fields.get(name);
      if (value != null) {
        put(log, name, value);
      }
    }
    var uid = fields.get("uid");
    if (uid != null) {
      log.putArray("_pm").addObject().put("ky", "ui").put("vl", uid);
    }
    return log.toString();
  }

  private static void put(ObjectNode log, String name, String value) {
    if (NUMBERS.contains(name) && value.matches("[0-9]{1,15}")) {
      log.put(name, Long.parseLong(value));
    } else {
      log.put(name, value);
    }
  }
}
