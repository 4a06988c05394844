package io.switchhook.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code switchhook} itself: it only names its commands. */
@Command(
    name = "switchhook",
    mixinStandardHelpOptions = true,
    description = {
      "Hears phone calls, keeps every event, and tells each to every web address that asked.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Try it:",
      "  switchhook demo                  recorded calls, told to a receiver here",
      "",
      "First webhook:",
      "  switchhook serve --allow-network 127.0.0.0/8    in one terminal",
      "  switchhook receive                              in a second one",
      "  switchhook webhook add webhook.json             in a third: who is told",
      "  switchhook events send calls.ndjson             something happens",
      "  switchhook calls list                           this is what",
      "",
      "Each command explains itself with --help."
    },
    versionProvider = Version.class)
final class RootCommand implements Runnable {
  @Spec CommandSpec spec;

  RootCommand() {
    // Replaced by the parser before anything reads it.
    spec = CommandSpec.create();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say which command.");
  }
}
