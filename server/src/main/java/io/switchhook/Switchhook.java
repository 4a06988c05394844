package io.switchhook;

import io.switchhook.command.CommandLines;
import io.switchhook.command.terminal.Terminal;
import io.switchhook.receive.ReceiveCommand;
import java.util.Map;

/** The program. */
public final class Switchhook {
  private Switchhook() {}

  /** Runs one command and ends with its exit code: 0 done, 1 refused, 2 wrong use. */
  public static void main(String[] arguments) {
    var terminal = Terminal.ofProcess();
    var more = Map.<String, Object>of("receive", new ReceiveCommand());
    System.exit(CommandLines.of(terminal, more).execute(arguments));
  }
}
