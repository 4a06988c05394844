package io.switchhook.bench.scenario;

import io.switchhook.bench.console.FillStore;
import io.switchhook.bench.console.PagesOfConsole;
import io.switchhook.bench.console.VisitPages;
import io.switchhook.bench.console.VisitPages.Visited;
import io.switchhook.bench.process.ServerProcess;
import io.switchhook.bench.process.ServerProcess.Launch;
import io.switchhook.bench.report.Numbers;
import io.switchhook.command.client.Api;
import io.switchhook.command.terminal.Table;
import io.switchhook.command.terminal.Terminal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench console}: what each page weighs and how long it takes. */
@Command(
    name = "console",
    mixinStandardHelpOptions = true,
    description = {
      "What each page of the console weighs, and how long it takes over 100,000 calls.",
      "",
      "The calls come in through the API and are told to two webhooks, of which one fails",
      "now and then; the server writes its history as it always does. Then each page is",
      "asked for in turn, one request at a time, as a browser asks (gzip).",
      ""
    })
public final class ConsoleCommand implements Callable<Integer> {
  private static final String SETTINGS =
      """
      targets: {allowed-networks: ["127.0.0.0/8"]}
      data: {minimum-free: 16MB}
      delivery:
        retry-schedule: [100ms, 1s, 1s]
        time-to-live: {in-call: 72h}
      """;

  private final Terminal terminal;

  @Option(names = "--calls", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
  int calls = 100_000;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "Of each page, after as many as a third of it to warm up. Default: 60")
  int requests = 60;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      converter = ExistingFolder.class,
      description =
          "Where the server's data goes; it is taken away in the end. Default: the folder for"
              + " temporary files.")
  Path folder = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "The server's heap, as -Xmx takes it. Default: ${DEFAULT-VALUE}")
  String memory = "512m";

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      description = "How long to wait until all calls are told and written. Default: 10 minutes")
  Duration patience = Duration.ofMinutes(10);

  /** A command that writes to this terminal. */
  public ConsoleCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (var place = TemporaryFolder.in(folder, "switchhook-bench-console")) {
      measure(place.path());
    }
    return 0;
  }

  private void measure(Path place) throws IOException, InterruptedException {
    var config = Files.writeString(place.resolve("switchhook.yaml"), SETTINGS);
    var options = List.of("-Xmx" + memory);
    try (var server = ServerProcess.start(new Launch(config, place.resolve("data"), options));
        var api =
            new Api(
                URI.create(server.url()), new Api.Access(ServerProcess.ADMIN_KEY, "the bench"));
        var store = new FillStore(api, terminal);
        var visitor = new VisitPages(server.url(), ServerProcess.ADMIN_KEY)) {
      store.fill(calls, patience);
      var pages = PagesOfConsole.over(calls, store.webhooks(), visitor);
      print(visitor.visit(pages, requests / 3, requests));
      Machine.lines(options).forEach(terminal.out()::println);
      server.stop();
    }
  }

  private void print(List<Visited> visited) {
    var table = new Table("PAGE", "BYTES", "SENT", "MEDIAN MS", "P95 MS");
    for (var page : visited) {
      table.add(
          page.name(),
          Numbers.count(page.bytes()),
          Numbers.count(page.sent()),
          Numbers.millis(page.medianMicros()),
          Numbers.millis(page.p95Micros()));
    }
    table.print(terminal.out(), terminal.ink());
    terminal
        .out()
        .println(
            Numbers.count(calls) + " calls, " + requests + " requests of each page, one at a time");
  }
}
