package io.switchhook.receiver;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Requests for tests: a POST of an in-call log as JSON, changed step by step. */
record Requests(String method, String query, Map<String, String> headers, String body) {
  static final String LOG =
      "{\"uid\":\"n2.1596270949.2175190\",\"call_state\":\"5\",\"clid_raw\":\"919711600001\","
          + "\"users\":[\"918586800010\"],\"a key nobody knows\":7}";

  /** A POST of a log, without any header. */
  static Requests post() {
    return new Requests("POST", "", Map.of(), LOG);
  }

  /** A GET with this query. */
  static Requests get(String query) {
    return new Requests("GET", query, Map.of(), "");
  }

  /** An event of the call, as Switchhook tells it. */
  static Requests event(String id, int sequence, int previous) {
    return post()
        .header("webhook-id", id)
        .header("switchhook-sequence", String.valueOf(sequence))
        .header("switchhook-previous", String.valueOf(previous));
  }

  Requests method(String other) {
    return new Requests(other, query, headers, body);
  }

  Requests query(String other) {
    return new Requests(method, other, headers, body);
  }

  Requests body(String other) {
    return new Requests(method, query, headers, other);
  }

  Requests header(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name.toLowerCase(Locale.ROOT), value);
    return new Requests(method, query, more, body);
  }

  ReceivedRequest build() {
    return new ReceivedRequest(
        method,
        query.isEmpty() ? null : query,
        name -> headers.get(name.toLowerCase(Locale.ROOT)),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
