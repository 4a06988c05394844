package io.switchhook.sqlite;

import org.jspecify.annotations.Nullable;

/** The data folder cannot be used. The message is for the person who started the server. */
public final class DataFolderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DataFolderException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
