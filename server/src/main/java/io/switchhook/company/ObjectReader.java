package io.switchhook.company;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a JSON object field by field, and notes all that is wrong with it, by path. */
final class ObjectReader {
  private final JsonNode object;
  private final String path;
  private final List<FieldMistake> mistakes;
  private final Set<String> known = new LinkedHashSet<>();

  ObjectReader(JsonNode node, String path, List<FieldMistake> mistakes) {
    this.path = path;
    this.mistakes = mistakes;
    if (node.isObject()) {
      object = node;
    } else {
      object = MissingNode.getInstance();
      mistakes.add(new FieldMistake(path, "must be an object"));
    }
  }

  /** The field's value; empty when it is absent or null. */
  Optional<JsonNode> value(String name) {
    known.add(name);
    return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
  }

  /** True when the field is there, be it null. */
  boolean has(String name) {
    return object.has(name);
  }

  /** A text without control characters; what is none is noted, and empty. */
  Optional<String> text(String name, int lengthMax) {
    return value(name).flatMap(node -> textOf(node, pathOf(name), lengthMax));
  }

  /** A text that must be there and not be empty. */
  Optional<String> requiredText(String name, int lengthMax) {
    if (value(name).isEmpty()) {
      refuse(name, "is required");
      return Optional.empty();
    }
    var text = text(name, lengthMax);
    if (text.isPresent() && text.get().isBlank()) {
      refuse(name, "must not be empty");
      return Optional.empty();
    }
    return text;
  }

  /** One of these words. */
  <E> Optional<E> choice(String name, Map<String, E> words) {
    return value(name)
        .flatMap(
            node -> {
              var choice = node.isTextual() ? words.get(node.textValue()) : null;
              if (choice == null) {
                refuse(name, "must be " + oneOf(words.keySet()));
              }
              return Optional.ofNullable(choice);
            });
  }

  /** Yes or no. */
  Optional<Boolean> truth(String name) {
    return value(name)
        .flatMap(
            node -> {
              if (!node.isBoolean()) {
                refuse(name, "must be true or false");
                return Optional.empty();
              }
              return Optional.of(node.booleanValue());
            });
  }

  /** The elements of a list; a list that is absent is empty. */
  List<JsonNode> list(String name, int sizeMax) {
    var node = value(name);
    if (node.isEmpty()) {
      return List.of();
    }
    if (!node.get().isArray()) {
      refuse(name, "must be a list");
      return List.of();
    }
    if (node.get().size() > sizeMax) {
      refuse(name, "has " + node.get().size() + " elements; allowed are at most " + sizeMax);
      return List.of();
    }
    var elements = new ArrayList<JsonNode>();
    node.get().forEach(elements::add);
    return elements;
  }

  /** The object in a field. */
  Optional<ObjectReader> object(String name) {
    return value(name).map(node -> new ObjectReader(node, pathOf(name), mistakes));
  }

  /** The object in a place of a list. */
  ObjectReader element(String listName, int index, JsonNode node) {
    return new ObjectReader(node, pathOf(listName) + "[" + index + "]", mistakes);
  }

  /** A text without control characters, of at most so many characters. */
  Optional<String> textOf(JsonNode node, String at, int lengthMax) {
    if (!node.isTextual()) {
      mistakes.add(new FieldMistake(at, "must be a text"));
      return Optional.empty();
    }
    var text = node.textValue();
    if (text.length() > lengthMax) {
      mistakes.add(
          new FieldMistake(
              at, "has " + text.length() + " characters; allowed are at most " + lengthMax));
      return Optional.empty();
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c)) || hasLoneSurrogate(text)) {
      mistakes.add(
          new FieldMistake(at, "must have no control characters, such as a line break or a tab"));
      return Optional.empty();
    }
    return Optional.of(text);
  }

  /** Notes a mistake of a field; the empty name is the object itself. */
  void refuse(String name, String problem) {
    mistakes.add(new FieldMistake(name.isEmpty() ? path : pathOf(name), problem));
  }

  /** Lets a field be there although nobody reads it. */
  void ignore(String name) {
    known.add(name);
  }

  /** Notes every field that nobody asked for. */
  void refuseOthers() {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                var shown = name.length() <= 60 ? name : name.substring(0, 60) + "…";
                refuse(shown, "is no field here; there are " + String.join(", ", known));
              }
            });
  }

  String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static boolean hasLoneSurrogate(String text) {
    return text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  private static String oneOf(Set<String> words) {
    return words.stream()
        .map(word -> '"' + word + '"')
        .sorted()
        .collect(Collectors.joining(" or "));
  }
}
