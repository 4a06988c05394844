package io.switchhook.sqlite;

import org.jspecify.annotations.Nullable;

/**
 * Why a unit of work was not carried out. Where not said otherwise, nothing of the unit was kept.
 */
public abstract sealed class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private DatabaseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The disk is full. When there is room again, units are taken again. */
  public static final class DiskFull extends DatabaseException {
    private static final long serialVersionUID = 1L;

    DiskFull(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Writing failed in a way after which nobody knows what is on the disk; nothing is taken any
   * more, and the process must end. Whether the unit was kept shows when the file is opened again.
   */
  public static final class Broken extends DatabaseException {
    private static final long serialVersionUID = 1L;

    Broken(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The database is closed or closing. */
  public static final class Closed extends DatabaseException {
    private static final long serialVersionUID = 1L;

    Closed(String message) {
      super(message, null);
    }
  }

  /** Too many units are waiting already. */
  public static final class Busy extends DatabaseException {
    private static final long serialVersionUID = 1L;

    Busy(String message) {
      super(message, null);
    }
  }

  /**
   * The store refused this unit: a constraint, a mistake in its SQL, a lock held by another
   * program.
   */
  public static final class Failed extends DatabaseException {
    private static final long serialVersionUID = 1L;

    Failed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The file cannot be used: it is damaged, not ours, or was written by a newer version. */
  public static final class Unusable extends DatabaseException {
    private static final long serialVersionUID = 1L;

    Unusable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
