package io.switchhook.bench.scenario;

import io.switchhook.bench.report.Numbers;
import io.switchhook.bench.report.Report;
import io.switchhook.bench.report.Report.Check;
import io.switchhook.bench.retention.FillJournal;
import io.switchhook.bench.retention.Offsets;
import io.switchhook.bench.retention.Receivers;
import io.switchhook.bench.retention.Receivers.Answer;
import io.switchhook.bench.retention.RunningServer;
import io.switchhook.bench.retention.RunningServer.Dropped;
import io.switchhook.bench.retention.StoppedServer;
import io.switchhook.bench.retention.StoppedServer.Behind;
import io.switchhook.command.terminal.Terminal;
import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.event.WebhookId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench retention}: a day goes that webhooks are still behind in. */
@Command(
    name = "retention",
    mixinStandardHelpOptions = true,
    description = {
      "A day of 5,000,000 of 10,000,000 events is dropped while cursors stand in it.",
      "",
      "Its last events are 1,000 calls for three webhooks: one whose receiver refuses them,",
      "so that each call waits; one whose receiver fails, so that it reads for itself; and",
      "one that was told them all and is being told them again. Then comes a second day, and",
      "the server is started with a retention that the first one is soon past. What was",
      "pending of it must be recorded as given up, and every cursor moved, before it goes.",
      "Most events are appended directly, to a server that does not run. Takes some minutes",
      "and 7 GB of disk, which it gives back.",
      ""
    })
public final class RetentionCommand implements Callable<Integer> {
  private static final String KEEPS = "3650d";
  private static final String OTHERS = "others";
  private static final Duration MAX = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Terminal terminal;
  private final List<Check> checks = new ArrayList<>();

  @Mixin CommonOptions common = new CommonOptions();

  @Option(names = "--events", paramLabel = "N", description = "Of both days. Default: 10,000,000")
  long events = 10_000_000;

  @Option(
      names = "--calls",
      paramLabel = "N",
      description = "That webhooks are behind with, ten events each. Default: ${DEFAULT-VALUE}")
  int calls = 1_000;

  @Option(
      names = "--due-after",
      paramLabel = "TIME",
      description =
          "How long the server has run when the day is due; it looks once a minute. Default: 30s")
  Duration dueAfter = Duration.ofSeconds(30);

  /** A command that writes to this terminal. */
  public RetentionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The webhooks, and the stretch of their events. */
  private record Day(
      WebhookId refused, WebhookId failing, WebhookId again, Offsets from, Offsets to) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (var folder = TemporaryFolder.in(common.folder(), "switchhook-bench-retention");
        var receivers = new Receivers()) {
      var day = firstDay(folder.path(), receivers);
      secondDay(folder.path(), day);
      drop(folder.path(), day);
    }
    var report =
        new Report(
            "Retention: a day goes that webhooks are behind in",
            Machine.lines(common.options()),
            checks,
            List.of());
    return common.publish(report, terminal);
  }

  /** The day before yesterday, at an hour at which events of it still wait to be told. */
  private static Instant old() {
    return LocalDate.now(ZoneOffset.UTC).minusDays(2).atTime(23, 0).toInstant(ZoneOffset.UTC);
  }

  private Day firstDay(Path folder, Receivers receivers) throws IOException, InterruptedException {
    var data = folder.resolve("data");
    WebhookId refused;
    WebhookId failing;
    WebhookId again;
    try (var server = RunningServer.start(folder, KEEPS, common.options())) {
      refused = server.webhook("refused", receivers.url(Answer.REFUSING));
      failing = server.webhook("failing", receivers.url(Answer.FAILING));
      again = server.webhook("told again", receivers.url(Answer.WELL));
      server.company(OTHERS);
      server.stop();
    }
    var told = (long) calls * FillJournal.EVENTS_OF_A_CALL;
    Offsets from;
    Offsets to;
    try (var stopped = new StoppedServer(data);
        var journal = new FillJournal(data, old())) {
      say("appending", events / 2);
      journal.fill(events / 2 - told);
      from = journal.ends();
      journal.tell(stopped.company(), calls);
      to = journal.ends();
      stopped.passTo(from);
    }
    try (var server = RunningServer.start(folder, KEEPS, common.options())) {
      say("telling", 3 * told);
      server.await(
          "all is told to who is well", () -> receivers.answered(Answer.WELL) >= told, PATIENCE);
      server.await("each call waits", () -> server.metrics().lanes() >= calls, PATIENCE);
      server.await("one is detached", () -> server.metrics().detached() > 0, PATIENCE);
      server.replay(again, old());
      server.stop();
    }
    return new Day(refused, failing, again, from, to);
  }

  private void secondDay(Path folder, Day day) {
    var data = folder.resolve("data");
    try (var stopped = new StoppedServer(data);
        var journal = new FillJournal(data, Instant.now())) {
      say("appending", events - events / 2);
      journal.fill(events - events / 2);
      stopped.passTo(journal.ends());
    }
    try (var stopped = new StoppedServer(data)) {
      var behind = stopped.behind(day.to);
      print("Cursors in the day before it goes", words(behind));
      var wanted = "%s lanes, a detached webhook and a replay".formatted(Numbers.count(calls));
      check(
          "cursors stand in the day",
          words(behind),
          wanted,
          behind.lanes() >= calls && behind.detached() > 0 && behind.replays() > 0);
    }
  }

  private void drop(Path folder, Day day) throws IOException, InterruptedException {
    var journal = folder.resolve("data/journal");
    var before = bytes(journal);
    Dropped dropped;
    try (var server = RunningServer.start(folder, dueInAWhile(), common.options())) {
      var longest = Duration.ZERO;
      var appended = 0L;
      while (server.dropped().isEmpty() && appended < 1_000_000) {
        var took = server.append(OTHERS, "now." + appended++);
        longest = took.compareTo(longest) > 0 ? took : longest;
      }
      dropped = server.dropped().orElseThrow();
      var beganNanos = System.nanoTime();
      server.await("its room is given back", () -> !oldStandsIn(journal), PATIENCE);
      var freed = Duration.ofNanos(System.nanoTime() - beganNanos);
      var told = day.from.countTo(day.to);
      server.await(
          "history has counted what was given up unread",
          () -> server.givenUpForRetention(day.failing) >= told,
          PATIENCE);
      print(
          "Dropped",
          "a day of %s events, %s: giving up %,d ms, the file %,d ms, its room back after %,d ms"
              .formatted(
                  Numbers.count(events / 2),
                  Numbers.bytes(before - bytes(journal)),
                  dropped.givingUpMillis(),
                  dropped.deletingMillis(),
                  freed.toMillis()));
      print(
          "Meanwhile",
          "%s events were taken one by one, %,d ms at most; ready after %,d ms"
              .formatted(
                  Numbers.count(appended), longest.toMillis(), server.readyAfter().toMillis()));
      check(
          "the API counts what went",
          "%s and %s"
              .formatted(
                  Numbers.count(server.givenUpForRetention(day.refused)),
                  Numbers.count(server.givenUpForRetention(day.failing))),
          Numbers.count(told) + " each",
          server.givenUpForRetention(day.refused) == told
              && server.givenUpForRetention(day.failing) == told);
      server.stop();
    }
    check(
        "dropping the day",
        "%,d ms to give up, %,d ms for the file"
            .formatted(dropped.givingUpMillis(), dropped.deletingMillis()),
        "under %,d ms".formatted(MAX.toMillis()),
        dropped.givingUpMillis() + dropped.deletingMillis() < MAX.toMillis());
    checkWhatIsLeft(folder.resolve("data"), day);
  }

  private void checkWhatIsLeft(Path data, Day day) {
    try (var stopped = new StoppedServer(data)) {
      for (var webhook : List.of(day.refused, day.failing)) {
        var counts = stopped.givenUp(webhook, day.from, day.to);
        var told = day.from.countTo(day.to);
        check(
            "each event of %s is a recorded give-up"
                .formatted(webhook.equals(day.refused) ? "the calls that wait" : "who is detached"),
            "%s, in %s records"
                .formatted(counts, Numbers.count(stopped.records(webhook, day.from, day.to))),
            "retention " + Numbers.count(told),
            counts.getOrDefault(Reason.RETENTION, 0L) == told && counts.size() == 1);
      }
      var toldAgain = stopped.givenUp(day.again, day.from, day.to);
      check("nothing that was told is", toldAgain.toString(), "{}", toldAgain.isEmpty());
      var behind = stopped.behind(day.to);
      check("no cursor is left in the day", words(behind), "none", behind.inAll() == 0);
    }
    var left = names(data.resolve("journal"));
    check(
        "its file is gone",
        String.join(", ", left),
        "nothing of " + day(),
        !oldStandsIn(data.resolve("journal")));
  }

  /** A retention that the old day is past when a server that starts now has run for a while. */
  private String dueInAWhile() {
    var end = LocalDate.now(ZoneOffset.UTC).minusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    return Duration.between(end, Instant.now()).plus(dueAfter).toSeconds() + "s";
  }

  private static String day() {
    return LocalDate.ofInstant(old(), ZoneOffset.UTC).toString();
  }

  private static List<String> names(Path folder) {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static boolean oldStandsIn(Path journal) {
    return names(journal).stream().anyMatch(name -> name.startsWith(day()));
  }

  private static String words(Behind behind) {
    return "%s lanes, %d cursors of detached webhooks, %d of replays, %d watermarks"
        .formatted(
            Numbers.count(behind.lanes()),
            behind.detached(),
            behind.replays(),
            behind.watermarks());
  }

  private void check(String name, String measured, String allowed, boolean passed) {
    checks.add(new Check(name, measured, allowed, passed));
  }

  private void print(String name, String words) {
    terminal.out().println(terminal.ink().faint(name + ":") + " " + words);
  }

  private void say(String what, long count) {
    terminal.err().println(what + " " + Numbers.count(count) + " events");
  }

  private static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}
