package io.switchhook.command.terminal;

/** Emphasis for a terminal. It never carries a meaning that the words do not. */
public enum Ink {
  /** ANSI escape sequences (ECMA-48). */
  COLOURS,
  /** Nothing but the words. */
  NONE;

  /** Strong. */
  public String bold(String text) {
    return dressed(text, "1");
  }

  /** Beside the point. */
  public String faint(String text) {
    return dressed(text, "2");
  }

  /** It went well. */
  public String good(String text) {
    return dressed(text, "32");
  }

  /** It did not go well, and is not over. */
  public String warning(String text) {
    return dressed(text, "33");
  }

  /** It went wrong. */
  public String bad(String text) {
    return dressed(text, "31");
  }

  private String dressed(String text, String code) {
    return this == NONE || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
