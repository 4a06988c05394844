package io.switchhook.bench.scenario;

import io.switchhook.bench.process.ServerProcess;
import io.switchhook.bench.report.HtmlReport;
import io.switchhook.bench.report.JsonReport;
import io.switchhook.bench.report.Report;
import io.switchhook.bench.report.TerminalReport;
import io.switchhook.bench.run.RigSettings;
import io.switchhook.command.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command of the bench takes. */
public final class CommonOptions {
  @Option(
      names = "--folder",
      paramLabel = "DIR",
      converter = ExistingFolder.class,
      description =
          "Where the server's data goes, on the disk to be measured; it is taken away in the end. Default: the folder for temporary files.")
  Path folder = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "The server's heap, as -Xmx takes it. Default: as ./switchhook serve: 512m")
  @Nullable String memory;

  @Option(
      names = "--server-option",
      paramLabel = "OPTION",
      description = "For the server's virtual machine, such as -XX:+UseZGC. Repeatable.")
  List<String> serverOptions = new ArrayList<>();

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "From the generator to the server. Default: ${DEFAULT-VALUE}")
  int connections = 64;

  @Option(
      names = "--receiver-threads",
      paramLabel = "N",
      description = "That serve the receivers. Default: ${DEFAULT-VALUE}")
  int receiverThreads = 1;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      description = "How long to wait in the end for what is still to be told. Default: 60s")
  Duration patience = Duration.ofSeconds(60);

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of what happens at random. Default: ${DEFAULT-VALUE}")
  long seed = 1;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      converter = WritableFile.class,
      description = "Write the report as JSON.")
  @Nullable Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      converter = WritableFile.class,
      description = "Write the report as one page with charts.")
  @Nullable Path html;

  /** The options as they are when nobody says anything. */
  public CommonOptions() {}

  /** How the measuring side works. */
  public RigSettings.Instrument instrument() {
    return new RigSettings.Instrument(connections, receiverThreads, seed, patience);
  }

  /** Where to write. */
  public Path folder() {
    return folder;
  }

  /** Options of the server's virtual machine. */
  public List<String> options() {
    return memory == null ? with(ServerProcess.HEAP) : options(memory);
  }

  /** The same with this heap. */
  List<String> options(String heap) {
    return with(List.of("-Xmx" + heap));
  }

  private List<String> with(List<String> heap) {
    var all = new ArrayList<>(heap);
    all.addAll(serverOptions);
    return all;
  }

  /** The seed of what happens at random. */
  public long seed() {
    return seed;
  }

  /** Prints what was to be shown, writes the files, and returns the exit code. */
  public int publish(Report report, Terminal terminal) throws IOException {
    var printed = new TerminalReport(terminal);
    printed.printMedians(report);
    printed.printChecks(report);
    if (json != null) {
      Files.writeString(json, JsonReport.of(report));
      terminal.out().println("JSON: " + json);
    }
    if (html != null) {
      Files.writeString(html, HtmlReport.of(report));
      terminal.out().println("Page: " + html);
    }
    if (report.exitCode() == Report.VOID) {
      terminal.err().println("VOID: this measured nothing; the reasons are above.");
    }
    return report.exitCode();
  }
}
