package io.switchhook.history;

/**
 * History's store failed. What was not written is repaired from the journal and the cursors at the
 * next start.
 */
public final class HistoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what failed, and where. */
  public HistoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
