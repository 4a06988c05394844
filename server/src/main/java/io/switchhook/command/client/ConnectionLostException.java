package io.switchhook.command.client;

/** No answer came: nobody listens, or the connection broke. Sending the same again is safe. */
public final class ConnectionLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what happened and what to do about it. */
  public ConnectionLostException(String message) {
    super(message);
  }
}
