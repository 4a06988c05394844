package io.switchhook.command;

import io.switchhook.command.client.ClientOptions;
import io.switchhook.command.client.CommandFailedException;
import io.switchhook.command.client.LogLines;
import io.switchhook.command.client.SendEvents;
import io.switchhook.command.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code events send}. */
@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {"Sends call logs to a server.", ""},
    synopsisSubcommandLabel = "(send)")
final class EventsCommand extends Group {
  private final Terminal terminal;

  EventsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** How long to keep trying. */
  static final class Patience {
    @Option(
        names = "--keep-trying",
        paramLabel = "SECONDS",
        defaultValue = "60",
        description =
            "When the server is full or gone, send the same again for so long. What was kept is"
                + " not kept twice. Default: ${DEFAULT-VALUE}")
    int seconds;
  }

  @Command(
      name = "send",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = {
        "Sends call logs, one JSON object a line, in the order of the file.",
        "The lines of a recording, {\"call\",\"at_ms\",\"log\"}, are taken too; their times are not"
            + " waited for.",
        ""
      },
      footer = {
        "",
        "Examples:",
        "  switchhook events send calls.ndjson",
        "  tail -f calls.ndjson | switchhook events send -"
      })
  int send(
      @Parameters(paramLabel = "FILE", description = "The logs; - is standard input.") String file,
      @Mixin Patience patience,
      @Mixin ClientOptions client) {
    try (var api = client.connect(terminal);
        var lines = open(file)) {
      var send = new SendEvents(api, client.company(), terminal);
      return send.all(new LogLines(file, lines), Duration.ofSeconds(patience.seconds)) ? 0 : 1;
    } catch (NoSuchFileException _) {
      throw new CommandFailedException("There is no file " + file + ".");
    } catch (IOException e) {
      throw new CommandFailedException("Cannot read " + file + ": " + e.getMessage());
    }
  }

  private BufferedReader open(String file) throws IOException {
    return file.equals("-")
        ? new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8))
        : Files.newBufferedReader(Path.of(file));
  }
}
