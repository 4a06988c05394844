package io.switchhook.company;

import static io.switchhook.company.Installation.json;
import static io.switchhook.company.Installation.mistakes;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookMistakesTest {
  private static final String URL = "'target_url':'https://crm.example.com/hook'";
  private static final String START = "{'trigger':'in_call'," + URL;

  @TempDir Path folder;

  /** What is sent (single for double quotes), and how the one mistake begins. */
  private static List<String[]> urlCases() {
    var cases = new ArrayList<String[]>();
    add(cases, "{'trigger':'in_call'}", "target_url: is required");
    for (var url : List.of("ftp://x.example.com", "crm.example.com", "/x", "mailto:a@b.c")) {
      add(cases, "{'trigger':'in_call','target_url':'" + url + "'}", "target_url: must be an abs");
    }
    add(
        cases,
        "{'trigger':'in_call','target_url':'https://u:p@x.example.com'}",
        "target_url: must have no user");
    add(
        cases,
        "{'trigger':'in_call','target_url':'https://a_b@x.example.com'}",
        "target_url: must have no user");
    add(
        cases,
        "{'trigger':'in_call','target_url':'https://x.example.com/#a'}",
        "target_url: must have no frag");
    add(cases, "{'trigger':'in_call','target_url':'https:///x'}", "target_url: ");
    add(cases, "{'trigger':'in_call','target_url':'https://x y'}", "target_url: is not a URL");
    add(
        cases,
        "{'trigger':'in_call','target_url':'https://x.example.com:99999/'}",
        "target_url: has a port");
    add(
        cases,
        "{'trigger':'in_call','target_url':'https://x.example.com/ü'}",
        "target_url: must be ASCII");
    add(
        cases,
        "{'trigger':'in_call','target_url':'https://x.example.com/" + "a".repeat(2048) + "'}",
        "target_url: has 2070 characters");
    add(
        cases,
        "{'trigger':'in_call','target_url':'https://forbidden.example.com/'}",
        "target_url: is forbidden");
    add(cases, "{'trigger':'in_call','target_url':7}", "target_url: must be a text");
    add(cases, "{" + URL + "}", "trigger: is required");
    add(cases, "{'trigger':'call'," + URL + "}", "trigger: must be \"after_call\" or");
    add(cases, START + ",'method':'PUT'}", "method: must be \"GET\" or \"POST\"");
    add(cases, START + ",'method':'GET','body':'json'}", "body: goes with POST");
    add(cases, START + ",'body':'xml'}", "body: must be");
    add(cases, START + ",'colour':'blue'}", "colour: is no field here");
    add(cases, START + ",'id':'wh_1'}", "id: is no field here");
    add(cases, START + ",'name':'a\\u0000b'}", "name: must have no control characters");
    add(cases, START + ",'name':'" + "n".repeat(201) + "'}", "name: has 201 characters");
    return cases;
  }

  private static List<String[]> headerCases() {
    var cases = new ArrayList<String[]>();
    for (var name :
        List.of(
            "Host",
            "content-length",
            "Content-Type",
            "Transfer-Encoding",
            "Connection",
            "Upgrade",
            "TE",
            "Trailer",
            "Expect",
            "Proxy-Authorization",
            "webhook-id",
            "Webhook-Signature",
            "switchhook-attempt",
            "User-Agent")) {
      add(
          cases,
          START + ",'headers':['" + name + ": x']}",
          "headers[0]: " + name + " is set by Switchhook");
    }
    add(cases, START + ",'headers':['A: b\\r\\nC: d']}", "headers[0]: must have no line break");
    add(cases, START + ",'headers':['A\\nB: c']}", "headers[0]: must have no line break");
    add(cases, START + ",'headers':['A b: c']}", "headers[0]: has a name that is none");
    add(cases, START + ",'headers':[': c']}", "headers[0]: has a name that is none");
    add(cases, START + ",'headers':['A: ü']}", "headers[0]: has a value that is not visible ASCII");
    add(cases, START + ",'headers':['A']}", "headers[0]: has no colon");
    add(cases, START + ",'headers':[{'A':'b'}]}", "headers[0]: must be a text");
    add(cases, START + ",'headers':['A: b','a: c']}", "headers[1]: names a a second time");
    add(cases, START + ",'headers':{'A':'b'}}", "headers: must be a list");
    add(
        cases,
        START + ",'headers':[" + "'A: b',".repeat(20) + "'A: b']}",
        "headers: has 21 elements");
    add(cases, START + ",'headers':['A: " + "x".repeat(8_200) + "']}", "headers: take ");
    return cases;
  }

  private static List<String[]> secretCases() {
    var cases = new ArrayList<String[]>();
    add(
        cases,
        START + ",'headers':['Authorization: x'],'basic_auth':{'username':'u','password':'p'}}",
        "headers: has Authorization");
    add(cases, START + ",'basic_auth':'u:p'}", "basic_auth: must be an object");
    add(
        cases,
        START + ",'basic_auth':{'username':'a:b','password':'p'}}",
        "basic_auth.username: must have no colon");
    add(cases, START + ",'basic_auth':{'username':'a'}}", "basic_auth.password: is required");
    add(cases, START + ",'signing':{'scheme':'hmac'}}", "signing.scheme: must be");
    add(
        cases,
        START + ",'signing':{'scheme':'standard-webhooks','secret':'short'}}",
        "signing.secret: must be whsec_");
    for (var seconds : List.of("0", "61", "-1", "'5'", "1e9999", "0.5001", "1.23456")) {
      add(
          cases,
          START + ",'timeout_seconds':" + seconds + "}",
          "timeout_seconds: must be a number from 1 to 60");
    }
    for (var seconds : List.of("0", "2592001", "1.5", "'5'", "99999999999999999999")) {
      add(
          cases,
          START + ",'time_to_live_seconds':" + seconds + "}",
          "time_to_live_seconds: must be a whole number");
    }
    return cases;
  }

  private static List<String[]> conditionCases() {
    var cases = new ArrayList<String[]>();
    add(cases, START + ",'superseded':'maybe'}", "superseded: must be");
    add(cases, START + ",'conditions':[{'in':['5']}]}", "conditions[0].field: is required");
    add(
        cases,
        START + ",'conditions':[{'field':'a..b','in':['5']}]}",
        "conditions[0].field: must be a field");
    add(cases, START + ",'conditions':[{'field':'a'}]}", "conditions[0]: must have exactly one of");
    add(
        cases,
        START + ",'conditions':[{'field':'a','in':['1'],'exists':true}]}",
        "conditions[0]: must have exactly one");
    add(
        cases,
        START + ",'conditions':[{'field':'a','in':[]}]}",
        "conditions[0].in: must have 1 to");
    add(
        cases,
        START + ",'conditions':[{'field':'a','in':[[]]}]}",
        "conditions[0].in[0]: must be a text");
    add(
        cases,
        START + ",'conditions':[{'field':'a','matches':'a*b'}]}",
        "conditions[0].matches: may have one *");
    add(
        cases,
        START + ",'conditions':[{'field':'a','exists':'yes'}]}",
        "conditions[0].exists: must be true or false");
    add(
        cases,
        START + ",'query_parameters':[{'name':'a'}]}",
        "query_parameters[0]: must have either");
    add(
        cases,
        START + ",'query_parameters':[{'name':'a','field':'b','value':'c'}]}",
        "query_parameters[0]: must have either");
    add(
        cases,
        START + ",'query_parameters':[{'field':'b'}]}",
        "query_parameters[0].name: is required");
    add(
        cases,
        START + ",'query_parameters':[{'name':'a','field':'b','as':'e123'}]}",
        "query_parameters[0].as: must be \"e164\"");
    add(
        cases,
        START + ",'query_parameters':[{'name':'a','field':'b','at':'x'}]}",
        "query_parameters[0].at: is no field");
    add(cases, "[]", ": must be an object");
    return cases;
  }

  @Test
  void everyMistakeIsRefusedWithItsFieldAndNothingIsKept() {
    try (var installation = new Installation(folder)) {
      var company = installation.company().id();
      var cases = new ArrayList<>(urlCases());
      cases.addAll(headerCases());
      cases.addAll(secretCases());
      cases.addAll(conditionCases());
      for (var each : cases) {
        assertThat(mistakes(installation.webhooks.create(company, json(each[0]))))
            .as(each[0])
            .anySatisfy(mistake -> assertThat(mistake).startsWith(each[1]));
      }
      assertThat(installation.webhooks.list(company)).isEmpty();
      assertThat(installation.fence.held).isEmpty();
      assertThat(
              installation.database.<Long>read(
                  session -> session.number("SELECT count(*) FROM webhook")))
          .isZero();
    }
  }

  @Test
  void allMistakesAreToldTogether() {
    try (var installation = new Installation(folder)) {
      assertThat(
              mistakes(
                  installation.webhooks.create(
                      installation.company().id(),
                      json("{'trigger':'x','target_url':'y','method':'z','headers':['a'],'b':1}"))))
          .hasSize(5);
    }
  }

  private static void add(List<String[]> cases, String sent, String mistake) {
    cases.add(new String[] {sent, mistake});
  }
}
