package io.switchhook.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Decides what an error of SQLite means for the units that were being carried out. */
final class Failure {
  private static final int PRIMARY_CODE_MASK = 0xff;

  private Failure() {}

  /** The exception for {@code error}, which happened to {@code file}. */
  static DatabaseException of(Path file, SQLException error) {
    return switch (primaryCode(error)) {
      case SQLITE_FULL -> new DatabaseException.DiskFull("the disk is full: " + file, error);
      case SQLITE_IOERR,
          SQLITE_CORRUPT,
          SQLITE_NOTADB,
          SQLITE_READONLY,
          SQLITE_CANTOPEN,
          SQLITE_NOMEM ->
          new DatabaseException.Broken(
              "writing failed, and what is on the disk is not known until the file is opened again: "
                  + file
                  + ": "
                  + error.getMessage(),
              error);
      default ->
          new DatabaseException.Failed(file.getFileName() + ": " + error.getMessage(), error);
    };
  }

  private static SQLiteErrorCode primaryCode(SQLException error) {
    int code =
        error instanceof SQLiteException sqlite
            ? sqlite.getResultCode().code
            : error.getErrorCode();
    return SQLiteErrorCode.getErrorCode(code & PRIMARY_CODE_MASK);
  }
}
