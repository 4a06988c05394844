package io.switchhook.receive;

/** A receiver could not be started; the message says why and what to do. */
public final class ReceiverException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ReceiverException(String message, Throwable cause) {
    super(message, cause);
  }
}
