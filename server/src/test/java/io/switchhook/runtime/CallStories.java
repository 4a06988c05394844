package io.switchhook.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The stories that real calls on the laboratory's Asterisk must tell, each whole and in order. */
final class CallStories {
  private static final String ANSWERS = "+919711636411";
  private static final String RINGS = "+919711636421";
  private static final String BUSY = "+919711636431";
  private static final String DECLINES = "+919711636441";
  private static final String HANGS_UP = "+919711636451";

  private CallStories() {}

  /**
   * One call.
   *
   * @param name of its recording
   * @param begin makes the call happen, and returns once nothing more is to be done for it
   * @param states {@code 5[101]}: a state and whom it names; {@code 2=1}: with this status
   * @param afterCall {@code _ev _ns _su: } and for each leg the user, {@code _ds}, {@code _ac} and
   *     to whom it handed over
   */
  record Story(String name, Begin begin, String states, String afterCall) {}

  /** Makes a call happen; which logs are the call's. */
  interface Begin {
    Predicate<JsonNode> begin(LabAsterisk asterisk, LabServer server) throws Exception;
  }

  static List<Story> all() {
    var all = new ArrayList<>(incoming());
    all.addAll(transferred());
    all.addAll(clickToCall());
    all.addAll(obd());
    return all;
  }

  private static List<Story> incoming() {
    return List.of(
        new Story(
            "70-second-user-answers",
            customerCalls("919711630001", "9000000001", 800),
            "1 5[201] 5[101] 6[101] 2=1",
            "1 0 1: 201 NOANSWER missed, 101 ANSWER received"),
        new Story(
            "71-nobody-answers",
            customerCalls("919711630002", "9000000002", 800),
            "1 5[202] 5[203] 2=2",
            "1 0 2: 202 NOANSWER missed, 203 NOANSWER missed"),
        new Story(
            "72-caller-hangs-up-while-it-rings",
            customerCallsAndHangsUp("919711630003", "9000000003"),
            "1 5[205] 2=2",
            "1 0 2: 205 CANCEL missed"),
        new Story(
            "73-queue-second-member-answers",
            customerCalls("919711630004", "9000000004", 5_000),
            "1 5[204] 5[104] 6[104] 2=1",
            "1 0 1: 204 NOANSWER missed, 104 ANSWER received"));
  }

  private static List<Story> transferred() {
    return List.of(
        new Story(
            "74-blind-transfer",
            (asterisk, server) -> {
              var call = customerCalls("919711630005", "9000000005", 5_000);
              var told = call.begin(asterisk, server);
              var user = asterisk.awaitUp("PJSIP/agent105");
              asterisk.act(
                  "Action", "BlindTransfer", "Channel", user, "Context", "agents", "Exten", "101");
              return told;
            },
            "1 5[105] 6[105] 5[101] 6[101] 2=1",
            "1 0 1: 105 ANSWER transferred>101, 101 ANSWER received"),
        new Story(
            "75-attended-transfer-completed",
            (asterisk, server) -> {
              var told = customerCalls("919711630006", "9000000006", 8_000).begin(asterisk, server);
              ask(asterisk, "PJSIP/agent106", "102");
              asterisk.awaitUp("PJSIP/agent102");
              asterisk.hangUp("PJSIP/agent106");
              return told;
            },
            "1 5[106] 6[106] 5[102] 6[102] 2=1",
            "1 0 1: 106 ANSWER transferred>102, 102 ANSWER received"),
        new Story(
            "76-attended-transfer-given-up-while-it-rings",
            (asterisk, server) -> {
              var told = customerCalls("919711630007", "9000000007", 6_000).begin(asterisk, server);
              ask(asterisk, "PJSIP/agent107", "206");
              return told;
            },
            "1 5[107] 6[107] 2=1",
            "1 0 1: 107 ANSWER received"),
        new Story(
            "77-attended-transfer-given-up-by-the-colleague",
            (asterisk, server) -> {
              var told = customerCalls("919711630010", "9000000010", 8_000).begin(asterisk, server);
              ask(asterisk, "PJSIP/agent110", "103");
              asterisk.awaitUp("PJSIP/agent103");
              asterisk.hangUp("PJSIP/agent103");
              return told;
            },
            "1 5[110] 6[110] 2=1",
            "1 0 1: 110 ANSWER received"));
  }

  private static void ask(LabAsterisk asterisk, String user, String colleague) throws Exception {
    var channel = asterisk.awaitUp(user);
    asterisk.act("Action", "Atxfer", "Channel", channel, "Context", "agents", "Exten", colleague);
  }

  private static List<Story> clickToCall() {
    return List.of(
        new Story(
            "80-click-to-call-answered",
            asked("click_to_call\",\"user\":\"u101", HANGS_UP),
            "3[101] 6[101] 2=1",
            "2 1 1: 101 ANSWER received"),
        new Story(
            "81-click-to-call-user-declines",
            asked("click_to_call\",\"user\":\"u401", ANSWERS),
            "3[401] 9[401]=2",
            "2 1 2: 401 BUSY missed"),
        new Story(
            "82-click-to-call-user-does-not-pick-up",
            asked("click_to_call\",\"user\":\"u201", ANSWERS),
            "3[201] 9[201]=2",
            "2 1 2: 201 NOANSWER missed"),
        new Story(
            "83-click-to-call-customer-busy",
            asked("click_to_call\",\"user\":\"u101", BUSY),
            "3[101] 7[101]=2",
            "2 1 2: 101 ANSWER received, customer BUSY missed"),
        new Story(
            "84-click-to-call-customer-declines",
            asked("click_to_call\",\"user\":\"u101", DECLINES),
            "3[101] 7[101]=2",
            "2 1 2: 101 ANSWER received, customer BUSY missed"),
        new Story(
            "85-click-to-call-customer-does-not-answer",
            asked("click_to_call\",\"user\":\"u101", RINGS),
            "3[101] 2=2",
            "2 1 2: 101 ANSWER received, customer NOANSWER missed"),
        new Story(
            "86-desk-phone-dials",
            (asterisk, _) -> {
              var _ = asterisk.call("uac_wait", "agent601", "919711636451", 0);
              return log -> log.path("users").path(0).asText().equals("601");
            },
            "3[601] 6[601] 2=1",
            "2 1 1: 601 ANSWER received"));
  }

  private static List<Story> obd() {
    var obd = "obd\",\"public_ivr_id\":\"5ee9a795b318a786";
    return List.of(
        new Story(
            "90-obd-answered",
            asked(obd, ANSWERS),
            "1 5[501] 6[501] 2=1",
            "2 2 1: 501 ANSWER received"),
        new Story(
            "91-obd-not-answered", asked(obd, RINGS), "4=2", "2 2 2: customer NOANSWER missed"),
        new Story("92-obd-busy", asked(obd, BUSY), "4=2", "2 2 2: customer BUSY missed"));
  }

  private static Begin customerCalls(String from, String to, int millis) {
    return (asterisk, _) -> {
      var _ = asterisk.call("uac_talk", from, to, millis);
      return of(from);
    };
  }

  private static Begin customerCallsAndHangsUp(String from, String to) {
    return (asterisk, _) -> {
      var _ = asterisk.call("uac_cancel", from, to, 1_000);
      return of(from);
    };
  }

  private static Begin asked(String typeAndWho, String number) {
    return (_, server) -> {
      var body = "{\"type\":\"" + typeAndWho + "\",\"number\":\"" + number + "\"}";
      var uid = server.post("/calls", body).path("uid").asText();
      return log -> log.path("uid").asText().equals(uid);
    };
  }

  /** The logs of the customer with this number. */
  static Predicate<JsonNode> of(String number) {
    return log -> log.path("clid_raw").asText().equals(number);
  }

  /** In-call logs as stories write them. */
  static String states(List<JsonNode> logs) {
    return String.join(" ", logs.stream().map(CallStories::state).toList());
  }

  private static String state(JsonNode log) {
    var users = texts(log.path("users"), "");
    var status = log.path("status");
    return log.path("call_state").asText()
        + (users.isEmpty() ? "" : "[" + users + "]")
        + (status.isNull() ? "" : "=" + status.asText());
  }

  /** An after-call log as stories write it. */
  static String afterCall(JsonNode log) {
    var legs = new ArrayList<String>();
    for (var leg : log.path("_ld")) {
      var users = texts(leg.path("_rr"), "_ex");
      var to = texts(leg.path("_tt"), "_ex");
      legs.add(
          (users.isEmpty() ? "customer" : users)
              + " "
              + leg.path("_ds").asText()
              + " "
              + leg.path("_ac").asText()
              + (to.isEmpty() ? "" : ">" + to));
    }
    return log.path("_ev").asText()
        + " "
        + log.path("_ns").asText()
        + " "
        + log.path("_su").asText()
        + ": "
        + String.join(", ", legs);
  }

  private static String texts(JsonNode list, String field) {
    var texts = new ArrayList<String>();
    list.forEach(it -> texts.add(field.isEmpty() ? it.asText() : it.path(field).asText()));
    return String.join(",", texts);
  }
}
