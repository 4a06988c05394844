package io.switchhook.replay;

/** Replays could not be read or written. */
public final class ReplayStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With words that go on from "replays: ". */
  public ReplayStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
