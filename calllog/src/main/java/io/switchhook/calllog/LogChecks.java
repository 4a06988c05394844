package io.switchhook.calllog;

import io.switchhook.calllog.JsonValue.Bool;
import io.switchhook.calllog.JsonValue.Digits;
import io.switchhook.calllog.JsonValue.Fields;
import io.switchhook.calllog.JsonValue.Items;
import io.switchhook.calllog.JsonValue.Null;
import io.switchhook.calllog.JsonValue.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what kind of call log an object is, and refuses what is none. Numbers may be texts and
 * texts numbers; what is a list must be a list, and what is not must not.
 */
final class LogChecks {
  /** The longest uid that is taken, in UTF-16 units. */
  static final int UID_LENGTH_MAX = 200;

  private static final String A_UID = "the call's uid, 1 to " + UID_LENGTH_MAX + " characters";
  private static final String A_STATE =
      "a call_state from 1 to 9: 1 incoming call on server, 2 call finished, 3 call initiated by"
          + " user, 4 first party no answer, 5 dialing users, 6 user answered, 7 client rejected"
          + " the call, 9 no user picked the call";

  private static final List<String> IN_CALL_TEXTS =
      List.of(
          "id",
          "reference_id",
          "company_id",
          "clid_raw",
          "clid",
          "rdnis",
          "event",
          "status",
          "created",
          "call_time",
          "public_ivr_id",
          "client_ref_id",
          "job_id");
  private static final List<String> AFTER_CALL_TEXTS =
      List.of(
          "_ai", "_so", "_ci", "_cr", "_cm", "_cl", "_cy", "_se", "_ts", "_st", "_ms", "_ss", "_et",
          "_dr", "_drm", "_ty", "_ev", "_fn", "_fu", "_ns", "_su", "_dn", "_di", "_an", "_ri",
          "_ji", "_ivid", "_cri");
  private static final List<String> AFTER_CALL_LISTS =
      List.of("_pm", "_cn", "_ld", "_bp", "_us", "_tc");

  private final Fields root;

  LogChecks(Fields root) {
    this.root = root;
  }

  /** Which log it is, by its keys alone. */
  LogKind kind() {
    if (root.values().containsKey("_dsp")) {
      return LogKind.DISPOSITION;
    }
    return root.values().containsKey("_ai") ? LogKind.AFTER_CALL : LogKind.IN_CALL;
  }

  /** The call that it is of, after everything was checked. */
  String uid() throws MalformedException {
    return switch (kind()) {
      case IN_CALL -> {
        checkInCall();
        yield uidOf("uid", root.values().get("uid"));
      }
      case AFTER_CALL -> {
        checkAfterCall();
        yield uidOfParameters();
      }
      case DISPOSITION -> {
        checkAfterCall();
        requireList("_dsp");
        var uid = root.values().get("uid");
        yield uid == null || uid instanceof Null ? uidOfParameters() : uidOf("uid", uid);
      }
    };
  }

  private void checkInCall() throws MalformedException {
    for (var name : IN_CALL_TEXTS) {
      requireScalar(name);
    }
    checkState();
    checkUsers();
  }

  private void checkState() throws MalformedException {
    var state = root.values().get("call_state");
    if (state == null) {
      throw fault(root, "call_state", "call_state is missing", A_STATE);
    }
    var text =
        switch (state) {
          case Text(_, var written) -> written.strip();
          case Digits(_, var digits) -> digits;
          case Null none -> throw fault(none, "call_state", "call_state is null", A_STATE);
          case Bool _, Items _, Fields _ ->
              throw fault(state, "call_state", "call_state is neither text nor number", A_STATE);
        };
    if (text.length() != 1 || text.charAt(0) < '1' || text.charAt(0) > '9') {
      throw fault(state, "call_state", "no such call_state: " + excerpt(text), A_STATE);
    }
  }

  private void checkUsers() throws MalformedException {
    var users = root.values().get("users");
    if (users == null || users instanceof Null) {
      return;
    }
    var expected = "a list of texts or numbers, or a comma list";
    if (users instanceof Fields || users instanceof Bool) {
      throw fault(users, "users", "users is not a list", expected);
    }
    if (users instanceof Items(_, var values)) {
      for (var i = 0; i < values.size(); i++) {
        if (!values.get(i).isScalar()) {
          throw fault(values.get(i), "users." + i, "a user is not a text", expected);
        }
      }
    }
  }

  private void checkAfterCall() throws MalformedException {
    for (var name : AFTER_CALL_TEXTS) {
      requireScalar(name);
    }
    for (var name : AFTER_CALL_LISTS) {
      var value = root.values().get(name);
      var isEmpty = value == null || value instanceof Null || isEmptyText(value);
      if (!isEmpty) {
        requireList(name);
      }
    }
  }

  private String uidOfParameters() throws MalformedException {
    var parameters = root.values().get("_pm");
    var entry = parameters instanceof Items(_, var values) ? entryOf(values, "ui") : null;
    if (entry == null) {
      var place = parameters == null ? root : parameters;
      throw fault(place, "_pm", "the call's uid is missing", "an entry {\"ky\":\"ui\",\"vl\":UID}");
    }
    return uidOf("_pm", entry);
  }

  private static @Nullable JsonValue entryOf(List<JsonValue> parameters, String key) {
    for (var parameter : parameters) {
      if (parameter instanceof Fields(_, var fields)
          && fields.get("ky") instanceof Text(_, var name)
          && name.equals(key)) {
        return fields.get("vl");
      }
    }
    return null;
  }

  private String uidOf(String field, @Nullable JsonValue value) throws MalformedException {
    if (value == null) {
      throw fault(root, field, "uid is missing", A_UID);
    }
    var uid =
        switch (value) {
          case Text(_, var text) -> text;
          case Digits(_, var digits) -> digits;
          case Null none -> throw fault(none, field, "uid is null", A_UID);
          case Bool _, Items _, Fields _ -> throw fault(value, field, "uid is not a text", A_UID);
        };
    if (uid.isEmpty()) {
      throw fault(value, field, "uid is empty", A_UID);
    }
    if (uid.length() > UID_LENGTH_MAX) {
      throw fault(value, field, "a uid of " + uid.length() + " characters", A_UID);
    }
    return uid;
  }

  private void requireScalar(String name) throws MalformedException {
    var value = root.values().get(name);
    if (value != null && !value.isScalar()) {
      var what = value instanceof Items ? "a list" : "an object";
      throw fault(value, name, name + " is " + what, "text, a number or null");
    }
  }

  private void requireList(String name) throws MalformedException {
    var value = root.values().get(name);
    if (!(value instanceof Items)) {
      throw fault(value == null ? root : value, name, name + " is not a list", "a list");
    }
  }

  private static boolean isEmptyText(JsonValue value) {
    return value instanceof Text(_, var text) && text.isEmpty();
  }

  private static String excerpt(String text) {
    return text.length() <= 20 ? text : text.substring(0, 20) + "…";
  }

  private static MalformedException fault(
      JsonValue at, String field, String problem, String expected) {
    return new MalformedException(at.offset(), field, problem, expected);
  }
}
