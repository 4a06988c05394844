package io.switchhook.config;

import java.util.ArrayList;
import java.util.List;

/** The settings file as it would be if nobody changed anything, made from the declarations. */
public final class DefaultFile {
  private DefaultFile() {}

  /** The text of {@code switchhook.default.yaml}. */
  public static String text() {
    var text = new StringBuilder();
    text.append(
        "# Every setting of Switchhook with its default. Change what you need, leave out the rest.\n");
    text.append(
        "# Stronger than this file: the environment variable named at each key (a list is written\n");
    text.append("# with commas), then the flags of the command line.\n");
    List<String> open = List.of();
    for (var key : Keys.ALL) {
      var path = List.of(key.name().split("\\."));
      var sections = path.subList(0, path.size() - 1);
      openSections(text, open, sections);
      open = sections;
      writeKey(text, key, path);
    }
    return text.toString();
  }

  private static void openSections(StringBuilder text, List<String> open, List<String> sections) {
    int common = 0;
    while (common < Math.min(open.size(), sections.size())
        && open.get(common).equals(sections.get(common))) {
      common++;
    }
    for (int depth = common; depth < sections.size(); depth++) {
      text.append('\n').append(indent(depth)).append(sections.get(depth)).append(":\n");
    }
  }

  private static void writeKey(StringBuilder text, Key<?> key, List<String> path) {
    var indent = indent(path.size() - 1);
    if (path.size() == 1) {
      text.append('\n');
    }
    var notes =
        new ArrayList<String>(List.of(key.sentence(), "Allowed: " + key.type().allowed() + "."));
    if (!key.equals(Keys.SOURCES)) {
      notes.add(key.environmentName());
    }
    for (var note : notes) {
      text.append(indent).append("# ").append(note).append('\n');
    }
    text.append(indent).append(path.getLast()).append(": ").append(written(key)).append('\n');
  }

  private static String written(Key<?> key) {
    return key.type().form() == ValueType.Form.LIST
        ? "[" + String.join(", ", key.defaults()) + "]"
        : String.join("", key.defaults());
  }

  private static String indent(int depth) {
    return "  ".repeat(depth);
  }
}
