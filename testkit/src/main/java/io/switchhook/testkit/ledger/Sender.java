package io.switchhook.testkit.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Sends calls as a phone system does that was told how: the next request of a call after the 202 of
 * the one before, and exactly the same request again after a 503 or a lost connection.
 */
final class Sender {
  private static final int TRIES_MAX = 60;
  private static final Duration RESEND_PATIENCE = Duration.ofSeconds(1);
  private static final Duration TOLD_PATIENCE = Duration.ofMillis(400);
  private static final String FIRST_WEBHOOK = "all";

  private final Api api;
  private final ServerPlace place;
  private final Ledger ledger;

  Sender(Api api, ServerPlace place, Ledger ledger) {
    this.api = api;
    this.place = place;
    this.ledger = ledger;
  }

  /** Sends a whole call; what is wrong with the answers is written in the ledger. */
  void send(Script.Call call) {
    try {
      var sequence = 0;
      for (var number = 0; number < call.requests().size(); number++) {
        var events = call.requests().get(number);
        var first = ledger.now();
        var answer = answered(events);
        check(answer, call, events, sequence);
        var accepted = accepted(answer, events, first);
        ledger.accepted(accepted);
        sequence += events.size();
        if (call.again().contains(number)) {
          sendAgain(events, accepted);
        }
        if (call.patient()) {
          ledger.awaitTold(FIRST_WEBHOOK, events.getLast().token(), TOLD_PATIENCE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      ledger.fault(call.uid() + " could not be sent: " + e);
    }
  }

  /** What a request came to in the end. */
  private record Answer(List<JsonNode> entries, int tries) {}

  private Answer answered(List<ScriptedEvent> events) throws InterruptedException {
    var body = events.stream().map(ScriptedEvent::log).collect(Collectors.joining(",", "[", "]"));
    var server = place.url();
    for (var tries = 1; tries <= TRIES_MAX; tries++) {
      try {
        var answer = api.post(server, "/events", body);
        if (answer.status() == 202) {
          var entries = new ArrayList<JsonNode>();
          answer.body().path("accepted").forEach(entries::add);
          return new Answer(entries, tries);
        }
        if (answer.status() != 503) {
          throw new IllegalStateException("answered " + answer.status() + " " + answer.body());
        }
      } catch (IOException e) {
        // Lost: it is not known whether it was kept.
      }
      ledger.resent();
      server = place.after(server, RESEND_PATIENCE);
    }
    throw new IllegalStateException("not taken after " + TRIES_MAX + " tries");
  }

  private void check(Answer answer, Script.Call call, List<ScriptedEvent> events, int before) {
    var expected = before;
    for (var entry : answer.entries()) {
      expected++;
      if (entry.path("sequence").asInt() != expected
          || !entry.path("uid").asText().equals(call.uid())) {
        ledger.fault(call.uid() + ": expected sequence " + expected + ", answered " + entry);
      }
      if (answer.tries() == 1 && entry.path("duplicate").asBoolean()) {
        ledger.fault(call.uid() + ": sent once, answered as a duplicate: " + entry);
      }
    }
    var flags = answer.entries().stream().map(it -> it.path("duplicate").asBoolean()).distinct();
    if (answer.entries().size() != events.size() || flags.count() != 1) {
      ledger.fault(call.uid() + ": kept in part: " + answer.entries());
    }
  }

  private static List<Accepted> accepted(Answer answer, List<ScriptedEvent> events, long first) {
    var accepted = new ArrayList<Accepted>();
    for (var i = 0; i < events.size(); i++) {
      var entry = answer.entries().get(i);
      accepted.add(
          new Accepted(
              events.get(i), entry.path("id").asText(), entry.path("sequence").asInt(), first));
    }
    return accepted;
  }

  private void sendAgain(List<ScriptedEvent> events, List<Accepted> before)
      throws InterruptedException {
    var again = answered(events);
    for (var i = 0; i < before.size(); i++) {
      var entry = again.entries().get(i);
      if (!entry.path("duplicate").asBoolean()
          || !entry.path("id").asText().equals(before.get(i).id())
          || entry.path("sequence").asInt() != before.get(i).sequence()) {
        ledger.fault("sent again after " + before.get(i) + ", answered " + entry);
      }
    }
  }
}
