package io.switchhook.command;

import io.switchhook.command.terminal.When;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that narrow a list. */
final class Period {
  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Only from this time on: " + When.ALLOWED + ".")
  @Nullable Instant from;

  @Option(names = "--to", paramLabel = "TIME", description = "Only before this time.")
  @Nullable Instant to;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most so many, newest first. Default: ${DEFAULT-VALUE}")
  int limit;

  void addTo(Map<String, String> parameters) {
    parameters.put("from", from == null ? "" : from.toString());
    parameters.put("to", to == null ? "" : to.toString());
  }
}
