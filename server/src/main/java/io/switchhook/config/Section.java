package io.switchhook.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of the file that only its reader understands, such as one of {@code sources}: what was
 * written, by key, each with its place.
 *
 * @param where the file with its line
 * @param path the dotted key, for example {@code sources[0]}
 * @param entries what was written, by key, in its order
 * @param origin what is around it
 */
public record Section(String where, String path, Map<String, Item> entries, Origin origin) {
  public Section {
    // Not Map.copyOf: the order is told in mistakes.
    entries = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /**
   * What the texts of a section are seen against.
   *
   * @param folder of the file; relative paths begin there
   * @param variables what <code>${NAME}</code> stands for
   */
  public record Origin(Path folder, Map<String, String> variables) {
    public Origin {
      variables = Map.copyOf(variables);
    }

    // Variables are secrets: they stay out of what is printed.
    @Override
    public String toString() {
      return "Origin[folder=" + folder + "]";
    }
  }

  /** One value as it was written. */
  public sealed interface Item {
    /** The file with its line. */
    String where();

    /** A text, a number, true or false. */
    record Text(String where, String text) implements Item {
      // It may be a secret.
      @Override
      public String toString() {
        return "Text[" + where + "]";
      }
    }

    /** A key without a value. */
    record Nothing(String where) implements Item {}

    /** A list. */
    record Items(String where, List<Item> items) implements Item {
      public Items {
        items = List.copyOf(items);
      }
    }

    /** Keys and values. */
    record Entries(String where, Map<String, Item> entries) implements Item {
      public Entries {
        entries = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(entries));
      }
    }
  }
}
