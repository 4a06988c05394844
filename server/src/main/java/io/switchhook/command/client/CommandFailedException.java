package io.switchhook.command.client;

/** A command could not be done. Its message is the whole reason, as a person reads it. */
public final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what happened and what to do about it. */
  public CommandFailedException(String message) {
    super(message);
  }
}
