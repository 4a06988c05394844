package io.switchhook.command;

import io.switchhook.command.terminal.PlainText;
import io.switchhook.command.terminal.Terminal;
import io.switchhook.command.terminal.Words;
import io.switchhook.config.SettingsReader;
import io.switchhook.config.SettingsResult;
import io.switchhook.config.SettingsSources;
import io.switchhook.runtime.OpenSources;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code check-config FILE}: all mistakes at once. */
@Command(
    name = "check-config",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Checks a configuration file and tells all mistakes at once, each with its key, its value and"
          + " what is allowed.",
      ""
    })
final class CheckConfigCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "The configuration, such as switchhook.yaml.")
  Path file = Path.of("");

  CheckConfigCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var sources = SettingsSources.ofFile(file, terminal.environment());
    return switch (SettingsReader.read(sources, OpenSources.checks())) {
      case SettingsResult.Complete _ -> {
        terminal.out().println(file + " is all right.");
        yield 0;
      }
      case SettingsResult.Mistaken(var mistakes) -> {
        terminal.err().println(Words.count(mistakes.size(), "mistake") + " in " + file + ":");
        mistakes.forEach(
            mistake -> terminal.err().println("  " + PlainText.line(mistake.sentence())));
        yield 1;
      }
    };
  }
}
