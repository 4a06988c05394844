package io.switchhook.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.switchhook.command.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Short runs with a server of their own. How long anything takes is not looked at: a busy machine
 * may make a run void, but it must not make the ledger wrong.
 */
final class BenchRunTest {
  private static final List<String> SMALL =
      List.of(
          "--server-option=-XX:+UseSerialGC",
          "--server-option=-XX:TieredStopAtLevel=1",
          "--connections=4");

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(List<String> arguments) {
    var terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            Map.of(),
            InstantSource.system(),
            ZoneOffset.UTC);
    return Bench.of(terminal).execute(arguments.toArray(String[]::new));
  }

  private JsonNode report(String... arguments) throws IOException {
    var json = folder.resolve("report.json");
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(SMALL);
    all.addAll(List.of("--json", json.toString(), "--folder", folder.toString()));
    var exit = run(all);
    assertThat(exit).as("%s", err.toString(StandardCharsets.UTF_8)).isIn(0, 1, 3);
    var report = new ObjectMapper().readTree(json.toFile());
    for (var run : report.path("runs")) {
      assertThat(run.path("broken")).as("%s", out.toString(StandardCharsets.UTF_8)).isEmpty();
      assertThat(run.path("void_because").toString()).doesNotContain("balance", "broke");
      assertThat(run.path("ledger").path("lost").asLong()).isZero();
    }
    return report;
  }

  private static JsonNode ledger(JsonNode report) {
    return report.path("runs").path(0).path("ledger");
  }

  private boolean passed(JsonNode report, String check) {
    for (var one : report.path("checks")) {
      if (one.path("name").asText().contains(check)) {
        return one.path("passed").asBoolean();
      }
    }
    throw new AssertionError("no check " + check + " in " + report.path("checks"));
  }

  @Test
  void everyKindOfReceiverAndAKillBalance() throws IOException {
    var page = folder.resolve("report.html");
    var report =
        report(
            "--rate=100",
            "--duration=2s",
            "--warm-up=500ms",
            "--receivers=6",
            "--webhooks=12",
            "--fan-out=2",
            "--companies=3",
            "--batch=5",
            "--fail=20%",
            "--slow=1",
            "--dead=1",
            "--kill=1",
            "--html=" + page);
    // The 250 that are sent, but for those whose answer the kill took.
    var accepted = ledger(report).path("accepted").asLong();
    assertThat(accepted).isBetween(200L, 250L);
    assertThat(ledger(report).path("wanted").asLong()).isEqualTo(2 * accepted);
    assertThat(ledger(report).path("outstanding").asLong()).isPositive();
    assertThat(page).content().contains("<svg", "Latency, measured", "prefers-color-scheme");
    assertThat(page).content().doesNotContain("<script", "http://", "https://");
    try (var left = Files.list(folder)) {
      assertThat(left.filter(Files::isDirectory)).isEmpty();
    }
  }

  @Test
  void repeatedRunHasMediansAndCountsWhatWentToTheDisk() throws IOException {
    var report =
        report("--rate=100", "--duration=2s", "--warm-up=500ms", "--receivers=2", "--repeat=2");
    assertThat(report.path("runs")).hasSize(2);
    assertThat(report.path("medians").path("offered_per_second").asDouble()).isPositive();
    var journalCommits = 0L;
    for (var phase : report.path("runs").path(1).path("cost")) {
      journalCommits += phase.path("commits").path("journal").asLong();
    }
    assertThat(journalCommits).isPositive();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("run 2 of 2", "MEDIAN OF 2 RUNS");
  }

  @Test
  void runOnAStoreThatHasEventsAndLanes() throws IOException {
    var report =
        report(
            "--rate=100",
            "--duration=2s",
            "--warm-up=500ms",
            "--receivers=4",
            "--companies=2",
            "--events-before=3000",
            "--parked-lanes=40");
    var run = report.path("runs").path(0);
    assertThat(run.path("name").asText()).contains("after 3,000 events, beside 40 lanes");
    // Only what the run itself sent is in the ledger.
    assertThat(ledger(report).path("wanted").asLong()).isEqualTo(250);
    assertThat(ledger(report).path("delivered").asLong()).isEqualTo(250);
    var samples = run.path("samples");
    assertThat(samples.path(samples.size() - 1).path("lanes").asLong()).isGreaterThanOrEqualTo(40);
  }

  @Test
  void settingsReachTheServer() throws IOException {
    // With its own settings the server would wait 15 s for a receiver that never answers.
    var report =
        report(
            "--rate=20",
            "--duration=2s",
            "--warm-up=500ms",
            "--receivers=1",
            "--dead=1",
            "--settings=delivery: {timeout: 100ms, retry-schedule: [10ms]}");
    assertThat(ledger(report).path("given_up")).anyMatch(count -> count.asLong() > 0);
  }

  @Test
  void isolationComparesRuns() throws IOException {
    var report =
        report(
            "isolation",
            "--pairs=1",
            "--rate=60",
            "--receivers=5",
            "--duration=1s",
            "--warm-up=500ms");
    assertThat(report.path("runs")).hasSize(2);
    assertThat(report.path("checks").path(0).path("allowed").asText()).contains("one pair");
  }

  @Test
  void backlogIsToldAfterARestart() throws IOException {
    var report =
        report("backlog", "--events=2000", "--fill-rate=2000", "--live-rate=20", "--phase=500ms");
    assertThat(ledger(report).path("outstanding").asLong()).isZero();
    assertThat(passed(report, "the ledger balances")).isTrue();
  }

  @Test
  void failingReceiverIsToldEverythingOrMarked() throws IOException {
    var report = report("failing", "--calls=60", "--rate=120", "--kill=1", "--share=0.3");
    assertThat(passed(report, "every delivery came to its end")).isTrue();
    assertThat(passed(report, "the ledger balances")).isTrue();
  }

  @Test
  void replayGoesOnAfterAKill() throws IOException {
    var report =
        report(
            "replay",
            "--events=400",
            "--live-rate=20",
            "--others=2",
            "--pairs=0",
            "--phase=200ms",
            "--kill=2");
    assertThat(passed(report, "the replay with 2 kill -9 told everything again")).isTrue();
    assertThat(passed(report, "every delivery came to its end")).isTrue();
    assertThat(passed(report, "the ledger balances")).isTrue();
  }

  @Test
  void dayGoesThatWebhooksAreBehindIn() throws IOException {
    var report = report("retention", "--events=4000", "--calls=100", "--due-after=0s");
    assertThat(passed(report, "cursors stand in the day")).isTrue();
    assertThat(passed(report, "the API counts what went")).isTrue();
    assertThat(passed(report, "the calls that wait is a recorded give-up")).isTrue();
    assertThat(passed(report, "who is detached is a recorded give-up")).isTrue();
    assertThat(passed(report, "nothing that was told is")).isTrue();
    assertThat(passed(report, "no cursor is left in the day")).isTrue();
    assertThat(passed(report, "its file is gone")).isTrue();
  }

  @Test
  void wrongUseIsRefusedWithTheReason() {
    assertThat(run(List.of("--fail=3"))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--fail must be a share");
    assertThat(run(List.of("--repeat=0"))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--repeat must be from 1 to 100");
    assertThat(run(List.of("--parked-lanes=1", "--settings=delivery: {timeout: 2s}"))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("leave --settings out");
    assertThat(run(List.of("--duration=soon"))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("'soon' is no duration");
  }

  @Test
  void whereNothingCanBeWrittenIsSaidBeforeAnythingIsMeasured() {
    var missing = folder.resolve("missing");
    assertThat(run(List.of("--folder", missing.toString()))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no folder " + missing);
    for (var option : List.of("--json", "--html")) {
      for (var unfit : List.of(missing.resolve("report"), folder)) {
        err.reset();
        assertThat(run(List.of(option, unfit.toString()))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
            .contains("no file can be written at " + unfit);
      }
    }
  }
}
