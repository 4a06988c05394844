package io.switchhook.command.terminal;

/** One line that tells how far long work is; only where a person watches. */
public final class ProgressLine implements AutoCloseable {
  private static final String TO_LINE_START_AND_CLEAR = "\r\u001b[K";

  private final Terminal terminal;
  private boolean isShown;

  /** A line on the terminal's error stream. */
  public ProgressLine(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Shows this text in place of the one before. */
  public void show(String text) {
    if (terminal.isInteractive()) {
      terminal.err().print(TO_LINE_START_AND_CLEAR + PlainText.line(text));
      terminal.err().flush();
      isShown = true;
    }
  }

  /** Takes the line away. */
  public void clear() {
    if (isShown) {
      terminal.err().print(TO_LINE_START_AND_CLEAR);
      terminal.err().flush();
      isShown = false;
    }
  }

  @Override
  public void close() {
    clear();
  }
}
