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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, put together. */
public final class CommandLines {
  private CommandLines() {}

  /**
   * The command line for this terminal. When the first of the arguments names a command, no other
   * one is made: to read what all of them take would make up a good part of a server's start.
   *
   * @param more commands that others bring, by name, listed before the clients' commands
   */
  public static CommandLine of(
      Terminal terminal, Map<String, Supplier<Object>> more, String... arguments) {
    var root = new CommandLine(new RootCommand());
    var all = new LinkedHashMap<>(more);
    all.putAll(clients(terminal));
    var named = arguments.length == 0 ? null : all.get(arguments[0]);
    if (named == null) {
      all.forEach((name, command) -> root.addSubcommand(name, command.get()));
    } else {
      root.addSubcommand(arguments[0], named.get());
    }
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

  private static Map<String, Supplier<Object>> clients(Terminal terminal) {
    var clients = new LinkedHashMap<String, Supplier<Object>>();
    clients.put("company", () -> new CompanyCommand(terminal));
    clients.put("key", () -> new KeyCommand(terminal));
    clients.put("webhook", () -> new WebhookCommand(terminal));
    clients.put("events", () -> new EventsCommand(terminal));
    clients.put("sources", () -> new SourcesCommand(terminal));
    clients.put("calls", () -> new CallsCommand(terminal));
    clients.put("deliveries", () -> new DeliveriesCommand(terminal));
    clients.put("replay", () -> new ReplayCommand(terminal));
    clients.put("check-config", () -> new CheckConfigCommand(terminal));
    return clients;
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
