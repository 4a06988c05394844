package io.switchhook;

import io.switchhook.command.CommandLines;
import io.switchhook.command.ServeCommand;
import io.switchhook.command.terminal.Terminal;
import io.switchhook.demo.DemoCommand;
import io.switchhook.receive.ReceiveCommand;
import java.util.LinkedHashMap;
import java.util.function.Supplier;

/** The program. */
public final class Switchhook {
  private Switchhook() {}

  /** Runs one command and ends with its exit code: 0 done, 1 refused, 2 wrong use. */
  public static void main(String[] arguments) {
    var terminal = Terminal.ofProcess();
    var more = new LinkedHashMap<String, Supplier<Object>>();
    more.put("serve", () -> new ServeCommand(terminal));
    more.put("demo", () -> new DemoCommand(terminal));
    more.put("receive", ReceiveCommand::new);
    System.exit(CommandLines.of(terminal, more, arguments).execute(arguments));
  }
}
