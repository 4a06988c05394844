package io.switchhook.journal;

/**
 * The journal's store failed. After a failed write the process must end: what is durable is then
 * known from the disk.
 */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was found damaged, and where. */
  public JournalException(String message) {
    super(message);
  }

  /** Says what failed, and where. */
  public JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
