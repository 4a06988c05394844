package io.switchhook.command;

import io.switchhook.command.client.CommandFailedException;
import io.switchhook.command.client.ConnectionLostException;
import io.switchhook.command.terminal.Ink;
import io.switchhook.command.terminal.Terminal;
import io.switchhook.command.terminal.When;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, put together. */
public final class CommandLines {
  private CommandLines() {}

  /**
   * The command line for this terminal.
   *
   * @param more commands that others bring, by name, listed before the clients' commands
   */
  public static CommandLine of(Terminal terminal, Map<String, Object> more) {
    var root = new CommandLine(new RootCommand());
    more.forEach(root::addSubcommand);
    List.of(
            new CompanyCommand(terminal),
            new KeyCommand(terminal),
            new WebhookCommand(terminal),
            new EventsCommand(terminal),
            new SourcesCommand(terminal),
            new CallsCommand(terminal),
            new DeliveriesCommand(terminal),
            new ReplayCommand(terminal),
            new CheckConfigCommand(terminal))
        .forEach(root::addSubcommand);
    root.registerConverter(Instant.class, new When(terminal.clock(), terminal.zone()));
    root.setOut(writer(terminal.out()));
    root.setErr(writer(terminal.err()));
    root.setColorScheme(
        CommandLine.Help.defaultColorScheme(terminal.ink() == Ink.NONE ? Ansi.OFF : Ansi.ON));
    root.setUsageHelpAutoWidth(terminal.isInteractive());
    root.setUsageHelpLongOptionsMaxWidth(30);
    root.setParameterExceptionHandler((wrong, _) -> explain(wrong));
    root.setExecutionExceptionHandler((failure, line, _) -> refuse(failure, line));
    return root;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(
        new OutputStreamWriter(stream, StandardCharsets.UTF_8), /* autoFlush= */ true);
  }

  private static int explain(ParameterException wrong) {
    var line = wrong.getCommandLine();
    var err = line.getErr();
    err.println(wrong.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
      err.println("'" + line.getCommandSpec().qualifiedName() + " --help' explains it.");
    }
    return ExitCode.USAGE;
  }

  private static int refuse(Exception failure, CommandLine line) throws Exception {
    if (failure instanceof CommandFailedException || failure instanceof ConnectionLostException) {
      line.getErr().println(failure.getMessage());
      return ExitCode.SOFTWARE;
    }
    throw failure;
  }
}
