package io.switchhook.bench;

import io.switchhook.Switchhook;
import io.switchhook.bench.scenario.BacklogCommand;
import io.switchhook.bench.scenario.ConsoleCommand;
import io.switchhook.bench.scenario.FailingCommand;
import io.switchhook.bench.scenario.IsolationCommand;
import io.switchhook.bench.scenario.ReplayCommand;
import io.switchhook.bench.scenario.RetentionCommand;
import io.switchhook.command.client.CommandFailedException;
import io.switchhook.command.terminal.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The program {@code switchhook bench}. */
public final class Bench {
  private Bench() {}

  /**
   * Runs one command and ends with its exit code: 0 done, 1 a promise was broken or a check failed,
   * 2 wrong use, 3 the run measured nothing.
   */
  public static void main(String[] arguments) {
    System.exit(of(Terminal.ofProcess()).execute(arguments));
  }

  /** The command line for this terminal. */
  static CommandLine of(Terminal terminal) {
    var line =
        new CommandLine(new BenchCommand(terminal))
            .addSubcommand("isolation", new IsolationCommand(terminal))
            .addSubcommand("backlog", new BacklogCommand(terminal))
            .addSubcommand("failing", new FailingCommand(terminal))
            .addSubcommand("replay", new ReplayCommand(terminal))
            .addSubcommand("retention", new RetentionCommand(terminal))
            .addSubcommand("console", new ConsoleCommand(terminal));
    line.getCommandSpec().versionProvider(Bench::version);
    line.getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().versionProvider(Bench::version));
    line.registerConverter(Duration.class, Durations::read);
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setUsageHelpAutoWidth(terminal.isInteractive());
    line.setParameterExceptionHandler((wrong, _) -> explain(wrong));
    line.setExecutionExceptionHandler(
        (failure, failed, _) -> {
          if (failure instanceof CommandFailedException
              || failure instanceof IllegalStateException
              || failure instanceof IllegalArgumentException) {
            failed.getErr().println(failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
          }
          throw failure;
        });
    return line;
  }

  private static String[] version() {
    var version = Switchhook.class.getPackage().getImplementationVersion();
    return new String[] {"Switchhook bench " + (version == null ? "dev" : version)};
  }

  private static int explain(ParameterException wrong) {
    var failed = wrong.getCommandLine();
    failed.getErr().println(wrong.getMessage());
    failed
        .getErr()
        .println("'" + failed.getCommandSpec().qualifiedName() + " --help' explains it.");
    return CommandLine.ExitCode.USAGE;
  }
}
