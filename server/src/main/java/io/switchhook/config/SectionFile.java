package io.switchhook.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.switchhook.config.Section.Item;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.function.Supplier;

/** Reads a value of a YAML file as it is written, with the line of each part. */
final class SectionFile {
  private final JsonParser parser;
  private final Supplier<String> line;

  SectionFile(JsonParser parser, Supplier<String> line) {
    this.parser = parser;
    this.line = line;
  }

  /** The value that the parser is at. The parser bounds its depth. */
  Item item() throws IOException {
    var where = line.get();
    return switch (parser.currentToken()) {
      case START_OBJECT -> entries(where);
      case START_ARRAY -> items(where);
      case VALUE_NULL -> new Item.Nothing(where);
      default -> new Item.Text(where, parser.getText());
    };
  }

  private Item.Entries entries(String where) throws IOException {
    var entries = new LinkedHashMap<String, Item>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      entries.put(name, item());
    }
    return new Item.Entries(where, entries);
  }

  private Item.Items items(String where) throws IOException {
    var items = new ArrayList<Item>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(item());
    }
    return new Item.Items(where, items);
  }
}
