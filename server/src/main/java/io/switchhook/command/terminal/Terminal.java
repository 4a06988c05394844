package io.switchhook.command.terminal;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command was started: its streams, its environment, its time.
 *
 * @param out for results
 * @param err for reasons and progress
 * @param isInteractive true when a person watches {@code out}
 * @param zone in which times are shown
 */
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean isInteractive,
    Map<String, String> environment,
    InstantSource clock,
    ZoneId zone) {

  public Terminal {
    environment = Map.copyOf(environment);
  }

  /** The terminal of this process. */
  public static Terminal ofProcess() {
    return new Terminal(
        System.in,
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false),
        System.getenv(),
        InstantSource.system(),
        ZoneId.systemDefault());
  }

  /** Names and signs are not ASCII, whatever a bare environment says of the terminal. */
  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(
        new FileOutputStream(descriptor), /* autoFlush= */ true, StandardCharsets.UTF_8);
  }

  /** The colours to write with: none when nobody watches or {@code NO_COLOR} is set. */
  public Ink ink() {
    var isWanted =
        isInteractive
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb");
    return isWanted ? Ink.COLOURS : Ink.NONE;
  }

  /** Times in this terminal's zone. */
  public LocalTimes times() {
    return new LocalTimes(zone);
  }
}
