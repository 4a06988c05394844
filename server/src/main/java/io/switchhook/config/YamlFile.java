package io.switchhook.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a YAML file flat: each value with its dotted key and its line. */
final class YamlFile {
  /** More is not a settings file. */
  static final int SIZE_BYTES_MAX = 1_048_576;

  private static final YAMLFactory YAML =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String name;
  private final List<Given> given = new ArrayList<>();
  private final List<SettingsMistake> mistakes = new ArrayList<>();
  private Section.@Nullable Item sources;

  private YamlFile(Path file) {
    name = file.toString();
  }

  /**
   * What a file says, and what in it is not readable.
   *
   * @param sources what stands under {@code sources}; null when nothing does
   */
  record Content(
      List<Given> given, List<SettingsMistake> mistakes, Section.@Nullable Item sources) {
    Content {
      given = List.copyOf(given);
      mistakes = List.copyOf(mistakes);
    }
  }

  /** Reads a file; what cannot be read is a mistake, with its line. */
  static Content read(Path file) {
    var yaml = new YamlFile(file);
    try {
      yaml.readAll(file);
    } catch (JsonProcessingException e) {
      yaml.mistakes.add(yaml.notYaml(e));
    } catch (IOException e) {
      yaml.mistakes.add(
          new SettingsMistake(
              yaml.name, "the file", "", "cannot be read: " + e.getClass().getSimpleName()));
    }
    return new Content(yaml.given, yaml.mistakes, yaml.sources);
  }

  private void readAll(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      mistakes.add(new SettingsMistake(name, "the file", "", "does not exist or is no file"));
      return;
    }
    if (Files.size(file) > SIZE_BYTES_MAX) {
      mistakes.add(new SettingsMistake(name, "the file", "", "is over 1 MB"));
      return;
    }
    try (var parser = YAML.createParser(Files.readString(file, StandardCharsets.UTF_8))) {
      var first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        readSection(parser, "");
      } else if (first != null && first != JsonToken.VALUE_NULL) {
        mistakes.add(
            new SettingsMistake(
                line(parser), "the file", "", "must be a list of keys and values, key: value"));
      }
    }
  }

  private void readSection(JsonParser parser, String prefix) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var key = prefix + parser.currentName();
      var where = line(parser);
      var token = parser.nextToken();
      if (key.equals(Keys.SOURCES.name())) {
        sources = new SectionFile(parser, () -> line(parser)).item();
        continue;
      }
      switch (token) {
        case START_OBJECT -> readSection(parser, key + ".");
        case START_ARRAY -> readList(parser, key, where);
        // A section whose keys are all comments.
        case VALUE_NULL -> given.add(new Given(where, key, List.of(), ValueType.Form.SCALAR));
        default -> given.add(scalar(where, key, parser.getText()));
      }
    }
  }

  private void readList(JsonParser parser, String key, String where) throws IOException {
    var items = new ArrayList<String>();
    boolean isFlat = true;
    for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      if (token.isStructStart()) {
        isFlat = false;
        parser.skipChildren();
        items.add("…");
      } else {
        items.add(parser.getText());
      }
    }
    if (isFlat) {
      given.add(new Given(where, key, items, ValueType.Form.LIST));
      return;
    }
    mistakes.add(
        new SettingsMistake(where, key, "", "must be a plain list, such as [first, second]"));
  }

  private static Given scalar(String where, String key, String text) {
    return new Given(where, key, text.isBlank() ? List.of() : List.of(text), ValueType.Form.SCALAR);
  }

  private String line(JsonParser parser) {
    return name + " line " + parser.currentTokenLocation().getLineNr();
  }

  private SettingsMistake notYaml(JsonProcessingException e) {
    var location = e.getLocation();
    var where = location == null ? name : name + " line " + location.getLineNr();
    return new SettingsMistake(where, "the file", "", "is not YAML: " + firstLine(e));
  }

  private static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("unreadable");
  }
}
