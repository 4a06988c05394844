package io.switchhook;

import io.switchhook.command.CommandLines;
import io.switchhook.command.ServeCommand;
import io.switchhook.command.terminal.Terminal;
import io.switchhook.demo.DemoCommand;
import io.switchhook.receive.ReceiveCommand;
import java.util.LinkedHashMap;

/** The program. */
public final class Switchhook {
  private Switchhook() {}

  /** Runs one command and ends with its exit code: 0 done, 1 refused, 2 wrong use. */
  public static void main(String[] arguments) {
    var terminal = Terminal.ofProcess();
    var more = new LinkedHashMap<String, Object>();
    more.put("serve", new ServeCommand(terminal));
    more.put("demo", new DemoCommand(terminal));
    more.put("receive", new ReceiveCommand());
    System.exit(CommandLines.of(terminal, more).execute(arguments));
  }
}
