package io.switchhook.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only holds others. */
abstract class Group implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    var names = String.join(", ", spec.subcommands().keySet());
    throw new ParameterException(
        spec.commandLine(), "Say what: " + spec.qualifiedName() + " with one of " + names + ".");
  }
}
