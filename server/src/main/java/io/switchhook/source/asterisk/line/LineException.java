package io.switchhook.source.asterisk.line;

/** The line cannot be used, or not any more; the message says why, in a sentence for people. */
final class LineException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean refusesLogin;

  LineException(String words) {
    this(words, /* refusesLogin= */ false);
  }

  LineException(String words, boolean refusesLogin) {
    super(words);
    this.refusesLogin = refusesLogin;
  }

  LineException(String words, Throwable cause) {
    super(words, cause);
    this.refusesLogin = false;
  }

  /** True when trying again soon would only look like an attack. */
  boolean refusesLogin() {
    return refusesLogin;
  }

  String words() {
    return String.valueOf(getMessage());
  }
}
