package io.switchhook.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, newest first.
 *
 * @param next where the list goes on, to be given with the same question; null at its end
 */
public record Page<T>(List<T> items, @Nullable Cursor next) {
  /** How many items a page has when nobody says. */
  public static final int SIZE_DEFAULT = 50;

  /** The most items that a page may have. */
  public static final int SIZE_MAX = 500;

  public Page {
    items = List.copyOf(items);
  }
}
