package io.switchhook.testkit.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchhook.bench.process.ServerProcess;
import io.switchhook.bench.process.ServerProcess.Launch;
import io.switchhook.testkit.ledger.LaneFacts.TimedOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/** Lives a script through: sends, kills, starts again, waits for the end, and reads the ledger. */
public final class CrashRun {
  private static final Pattern RECOVERY =
      Pattern.compile("([0-9T:.+Z-]+) WARN .* breaker\\.closed webhook=\"([^\"]+)\".*");
  private static final int SENDERS = 12;
  private static final Duration STEP_PATIENCE = Duration.ofSeconds(40);
  private static final Duration END_PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(300);
  private static final Set<String> NOT_FINAL = Set.of("pending", "failed", "");

  private final Script script;
  private final Path folder;
  private final Ledger ledger = new Ledger();
  private final Map<String, String> webhookNames = new ConcurrentHashMap<>();

  /** What became of each event: by webhook's name and token. */
  private final Map<String, Outcome> outcomes = new HashMap<>();

  private CrashRun(Script script, Path folder) {
    this.script = script;
    this.folder = folder;
  }

  /**
   * What the API says about a delivery.
   *
   * @param word of the API
   * @param timedOut those attempts that were not answered within the timeout
   */
  record Outcome(String word, Set<TimedOut> timedOut) {
    Outcome {
      timedOut = Set.copyOf(timedOut);
    }
  }

  /**
   * What came of it.
   *
   * @param violations in words, each with the story of its lane; empty when all promises were kept
   * @param summary how much was seen
   */
  public record Result(List<String> violations, String summary, List<String> serverOutput) {
    public Result {
      violations = List.copyOf(violations);
      serverOutput = List.copyOf(serverOutput);
    }
  }

  /** Lives a script through in an empty folder, killing the server so many times. */
  public static Result of(Script script, int kills, Path folder)
      throws IOException, InterruptedException {
    return new CrashRun(script, folder).live(kills);
  }

  private Result live(int kills) throws IOException, InterruptedException {
    var config = Files.writeString(folder.resolve("switchhook.yaml"), config());
    var launch = new Launch(config, folder.resolve("data"), Launch.QUICK, this::read);
    var receivers = new ArrayList<ScriptedReceiver>();
    var server = ServerProcess.start(launch);
    try (var api = new Api()) {
      for (var webhook : script.webhooks()) {
        var receiver = ScriptedReceiver.start(webhook, script, ledger);
        receivers.add(receiver);
        configure(api, server.url(), webhook.json(receiver.url()), webhook.name());
      }
      var place = new ServerPlace(server.url());
      var senders = send(new Sender(api, place, ledger));
      for (var steps : script.killsAt(kills)) {
        if (!ledger.awaitSteps(steps, STEP_PATIENCE)) {
          ledger.fault("the server came to no " + steps + " steps of " + script.stepCount());
        }
        ledger.killed(ledger.now());
        server.kill();
        if (!ledger.awaitNoConnections(STEP_PATIENCE)) {
          ledger.fault("connections of a killed server stay open");
        }
        ledger.nextLife();
        server = ServerProcess.start(launch);
        place.moved(server.url());
      }
      for (var sender : senders) {
        sender.join(END_PATIENCE);
      }
      awaitOutcomes(api, server.url());
      return new Result(
          AuditLedger.of(script, ledger.page(), outcomes),
          AuditLedger.summary(script, ledger.page(), outcomes),
          server.output());
    } finally {
      server.close();
      for (var receiver : receivers) {
        receiver.close();
      }
    }
  }

  /** Of what the server writes, only this: a receiver that failed answers again. */
  private void read(String line) {
    var recovery = RECOVERY.matcher(line);
    if (recovery.matches()) {
      var name = webhookNames.get(recovery.group(2));
      ledger.recovered(String.valueOf(name), OffsetDateTime.parse(recovery.group(1)).toInstant());
    }
  }

  private static String config() {
    var schedule = Script.SCHEDULE.stream().map(it -> it.toMillis() + "ms").toList();
    return """
    data: {minimum-free: 0B}
    targets: {allowed-networks: ["127.0.0.0/8"]}
    delivery: {timeout: %dms, retry-schedule: %s}
    """
        .formatted(Script.TIMEOUT.toMillis(), schedule);
  }

  private void configure(Api api, String server, String json, String name)
      throws IOException, InterruptedException {
    var answer = api.post(server, "/webhooks", json);
    if (answer.status() != 201) {
      throw new IllegalStateException("webhook " + name + ": " + answer);
    }
    webhookNames.put(answer.body().path("id").asText(), name);
  }

  private List<Thread> send(Sender sender) {
    var calls = new ConcurrentLinkedQueue<>(script.calls());
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < SENDERS; i++) {
      threads.add(
          Thread.ofVirtual()
              .name("sender-" + i)
              .start(
                  () -> {
                    for (var call = calls.poll(); call != null; call = calls.poll()) {
                      sender.send(call);
                    }
                  }));
    }
    return threads;
  }

  /** Looks at each call until nothing of it is pending any more. */
  private void awaitOutcomes(Api api, String server) throws IOException, InterruptedException {
    var open = new ArrayList<>(script.calls());
    var until = ledger.now() + END_PATIENCE.toNanos();
    while (true) {
      var stillOpen = new ArrayList<Script.Call>();
      for (var call : open) {
        if (!look(api, server, call)) {
          stillOpen.add(call);
        }
      }
      if (stillOpen.isEmpty() || ledger.now() > until) {
        stillOpen.forEach(call -> ledger.fault(call.uid() + " does not come to its end"));
        return;
      }
      open = stillOpen;
      // Nothing may come any more: then history is only being written.
      ledger.awaitReception(LOOK_AGAIN);
    }
  }

  /** Reads what became of a call; returns whether all of it is final. */
  private boolean look(Api api, String server, Script.Call call)
      throws IOException, InterruptedException {
    var story = api.get(server, "/calls/" + call.uid()).body();
    var isFinal = story.path("events").size() == call.events().size();
    for (var event : story.path("events")) {
      isFinal &= !event.path("routing").asText().equals("pending");
      for (var delivery : event.path("deliveries")) {
        isFinal &= !NOT_FINAL.contains(delivery.path("outcome").asText());
      }
    }
    if (isFinal) {
      keep(call, story);
    }
    return isFinal;
  }

  private void keep(Script.Call call, JsonNode story) {
    for (var i = 0; i < call.events().size(); i++) {
      var event = story.path("events").path(i);
      var sent = call.events().get(i);
      if (!event.path("log").path("uid").asText(call.uid()).equals(call.uid())
          || !event.path("log").toString().contains(sent.token())) {
        ledger.fault("event " + (i + 1) + " of " + call.uid() + " is " + event);
      }
      var told = new HashSet<String>();
      for (var delivery : event.path("deliveries")) {
        var name = String.valueOf(webhookNames.get(delivery.path("webhook").asText()));
        told.add(name);
        outcomes.put(name + " " + sent.token(), outcome(delivery));
      }
      var wanted = new HashSet<String>();
      script.webhooks().stream()
          .filter(webhook -> webhook.wants().test(sent))
          .forEach(webhook -> wanted.add(webhook.name()));
      if (!told.equals(wanted)) {
        ledger.fault(sent.token() + " should go to " + wanted + ", and went to " + told);
      }
    }
  }

  private Outcome outcome(JsonNode delivery) {
    var timedOut = new HashSet<TimedOut>();
    for (var attempt : delivery.path("attempts")) {
      var millis = attempt.path("duration_ms").asDouble();
      if (attempt.path("status").isNull() && millis >= Script.TIMEOUT.toMillis()) {
        var began = ledger.at(Instant.parse(attempt.path("started_at").asText()));
        var life = (int) ledger.page().kills().stream().filter(kill -> kill < began).count();
        timedOut.add(new TimedOut(life, attempt.path("number").asInt(), began));
      }
    }
    return new Outcome(delivery.path("outcome").asText(), timedOut);
  }
}
