package io.switchhook.calllog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.switchhook.calllog.JsonValue.Bool;
import io.switchhook.calllog.JsonValue.Digits;
import io.switchhook.calllog.JsonValue.Fields;
import io.switchhook.calllog.JsonValue.Items;
import io.switchhook.calllog.JsonValue.Null;
import io.switchhook.calllog.JsonValue.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/**
 * Reads one JSON object strictly (RFC 8259), and refuses what a receiver may stumble over:
 * duplicate keys, deep nesting, lone surrogates, NUL, endless numbers.
 */
final class JsonTree {
  /** How many objects and lists may stand inside one another, the outermost counted. */
  static final int DEPTH_MAX = 32;

  /** How many digits a number may have, all of them counted. */
  static final int NUMBER_DIGITS_MAX = 64;

  /** A call log of a call that goes on has about so many. */
  private static final int FIELDS_USUAL = 16;

  private static final String ONE_OBJECT = "one JSON object";
  private static final String HALF_A_PAIR = "half of a surrogate pair stands alone";

  /*
   * Our own checks speak first, so the parser's limits stand beyond them. Names are neither
   * interned nor remembered: they come from strangers.
   */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(CallLogReader.SIZE_BYTES_MAX)
                  .maxNameLength(CallLogReader.SIZE_BYTES_MAX)
                  .maxNestingDepth(DEPTH_MAX + 3)
                  .build())
          .build();

  private final JsonParser parser;

  private JsonTree(JsonParser parser) {
    this.parser = parser;
  }

  /** The object that {@code text} is. */
  static Fields parse(String text) throws MalformedException {
    var sound = SoundJson.parse(text);
    return sound != null ? sound : parseClosely(text);
  }

  /** The same, more slowly, with words for what is wrong. */
  static Fields parseClosely(String text) throws MalformedException {
    var nul = text.indexOf('\0');
    if (nul >= 0) {
      throw new MalformedException(nul, "", "a NUL character", "text without NUL");
    }
    try (var parser = parserOf(text)) {
      return new JsonTree(parser).document();
    } catch (JsonProcessingException e) {
      throw unreadable(e, text.length());
    } catch (IOException e) {
      throw new MalformedException(0, "", "unreadable: " + e.getMessage(), ONE_OBJECT);
    }
  }

  /** A strict parser of {@code text}, whose places are in UTF-16 units. */
  static JsonParser parserOf(String text) throws IOException {
    return FACTORY.createParser(text);
  }

  private Fields document() throws IOException, MalformedException {
    var first = parser.nextToken();
    if (first == null) {
      throw new MalformedException(0, "", "nothing but white space", ONE_OBJECT);
    }
    if (first != JsonToken.START_OBJECT) {
      throw fault("it is " + nameOf(first), ONE_OBJECT);
    }
    var object = object(1);
    if (parser.nextToken() != null) {
      throw fault("something follows the object", ONE_OBJECT + " and nothing after it");
    }
    return object;
  }

  private Fields object(int depth) throws IOException, MalformedException {
    checkDepth(depth);
    var offset = offset();
    var fields = LinkedHashMap.<String, JsonValue>newLinkedHashMap(FIELDS_USUAL);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      checkCharacters(name);
      if (fields.containsKey(name)) {
        throw fault("the key stands there twice", "each key once");
      }
      parser.nextToken();
      fields.put(name, value(depth));
    }
    return new Fields(offset, fields);
  }

  private Items list(int depth) throws IOException, MalformedException {
    checkDepth(depth);
    var offset = offset();
    var values = new ArrayList<JsonValue>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(depth));
    }
    return new Items(offset, values);
  }

  private JsonValue value(int depth) throws IOException, MalformedException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(depth + 1);
      case START_ARRAY -> list(depth + 1);
      case VALUE_STRING -> string();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
      case VALUE_TRUE -> new Bool(offset(), true);
      case VALUE_FALSE -> new Bool(offset(), false);
      case VALUE_NULL -> new Null(offset());
      case null, default -> throw fault("a value is missing", "a JSON value");
    };
  }

  private Text string() throws IOException, MalformedException {
    var offset = offset();
    var text = parser.getText();
    checkCharacters(text);
    return new Text(offset, text);
  }

  private Digits number() throws IOException, MalformedException {
    var written = parser.getText();
    var digits = written.chars().filter(c -> c >= '0' && c <= '9').count();
    if (digits > NUMBER_DIGITS_MAX) {
      throw fault(
          "a number of " + digits + " digits",
          "a number of at most " + NUMBER_DIGITS_MAX + " digits");
    }
    return new Digits(offset(), written);
  }

  private void checkDepth(int depth) throws MalformedException {
    if (depth > DEPTH_MAX) {
      throw fault("nested too deep", "at most " + DEPTH_MAX + " levels");
    }
  }

  private void checkCharacters(String text) throws MalformedException {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c != 0 && !Character.isSurrogate(c)) {
        continue;
      }
      if (c == 0) {
        throw fault("a NUL character (\\u0000)", "text without NUL");
      }
      if (JsonText.isHalf(text, i)) {
        throw fault(HALF_A_PAIR, "whole characters");
      }
    }
  }

  private int offset() {
    return (int) parser.currentTokenLocation().getCharOffset();
  }

  private MalformedException fault(String problem, String expected) {
    return new MalformedException(offset(), path(parser.getParsingContext()), problem, expected);
  }

  private static MalformedException unreadable(JsonProcessingException e, int length) {
    var field = e.getProcessor() instanceof JsonParser p ? path(p.getParsingContext()) : "";
    if (e instanceof JsonEOFException) {
      return new MalformedException(
          length, field, "the text ends in the middle of the object", "a whole JSON object");
    }
    var location = e.getLocation();
    var offset = location == null ? 0 : (int) Math.max(0, location.getCharOffset());
    var message = e.getOriginalMessage().replace('\n', ' ');
    // The parser checks the names of fields itself; the words are the same as for values.
    if (message.contains("surrogate")) {
      return new MalformedException(offset, field, HALF_A_PAIR, "whole characters");
    }
    var cut = message.indexOf(": was expecting ");
    if (cut > 0) {
      return new MalformedException(
          offset, field, message.substring(0, cut), message.substring(cut + 16));
    }
    return new MalformedException(offset, field, message, "JSON as in RFC 8259");
  }

  private static String path(JsonStreamContext context) {
    var path = new StringBuilder();
    for (var c = context; c != null && !c.inRoot(); c = c.getParent()) {
      var part =
          c.inArray() ? String.valueOf(Math.max(0, c.getCurrentIndex())) : c.getCurrentName();
      if (part != null) {
        path.insert(0, path.isEmpty() ? part : part + ".");
      }
    }
    return path.toString();
  }

  private static String nameOf(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      default -> "not an object";
    };
  }
}
