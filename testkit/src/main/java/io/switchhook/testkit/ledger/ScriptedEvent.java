package io.switchhook.testkit.ledger;

import io.switchhook.event.Kind;

/**
 * An event that a script sends.
 *
 * @param token names it wherever it is seen; part of the log's content and of every request that
 *     tells it
 * @param state the in-call log's {@code call_state}; {@code ""} for other kinds
 * @param log as it is sent
 */
public record ScriptedEvent(String uid, Kind kind, String token, String state, String log) {
  /** An in-call log of this state. */
  static ScriptedEvent inCall(String uid, String token, String state, String caller) {
    var log =
        """
        {"id":"5f25296c4122c135","uid":"%s","reference_id":null,"company_id":"5d1c6d5bd6d47651",\
        "clid_raw":"%s","clid":"%s","rdnis":"918049202020","call_state":"%s","event":"1",\
        "status":null,"users":["919999999999"],"created":"2026-01-05 10:00:00",\
        "call_time":"2026-01-05 10:00:00","public_ivr_id":null,"client_ref_id":"%s","job_id":null}"""
            .formatted(uid, caller, caller.substring(2), state, token);
    return new ScriptedEvent(uid, Kind.IN_CALL, token, state, log);
  }

  /** An after-call log. */
  static ScriptedEvent afterCall(String uid, String token) {
    return new ScriptedEvent(uid, Kind.AFTER_CALL, token, "", afterwards(uid, token, ""));
  }

  /** A disposition. */
  static ScriptedEvent disposition(String uid, String token) {
    var tags = ",\"_dsp\":[{\"name\":\"sold\"}]";
    return new ScriptedEvent(uid, Kind.DISPOSITION, token, "", afterwards(uid, token, tags));
  }

  /** The token of a call's first, second … event. */
  static String token(String uid, int place) {
    return "token-" + uid + "-" + place + "-end";
  }

  /** The call that a token is of. */
  static String uidOf(String token) {
    var end = token.lastIndexOf('-', token.length() - "-end".length() - 1);
    return token.substring("token-".length(), end);
  }

  private static String afterwards(String uid, String token, String more) {
    return """
    {"_ai":"5f25296c4122c135","_cr":"9711636496","_cri":"%s","_pm":[{"ky":"ui","vl":"%s"}]%s}"""
        .formatted(token, uid, more);
  }
}
