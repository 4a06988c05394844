package io.switchhook.sqlite;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * How a file is opened.
 *
 * @param readersMax how many reads go on at once; more wait
 * @param onFatal told once when the file broke under a write: the process must then end. Called on
 *     the thread that wrote
 */
public record DatabaseSettings(Path file, int readersMax, Consumer<Throwable> onFatal) {
  /**
   * Stored in each file's header, so that {@code file} and we can tell whose it is: the letters
   * SwHk.
   */
  public static final int APPLICATION_ID = 0x5377486b;

  /**
   * Stored in each file's header: how the file as a whole is laid out. Its owners' tables have
   * versions of their own.
   */
  public static final int LAYOUT_VERSION = 1;

  /** The usual settings: four reads at once. */
  public static DatabaseSettings of(Path file, Consumer<Throwable> onFatal) {
    return new DatabaseSettings(file, 4, onFatal);
  }
}
