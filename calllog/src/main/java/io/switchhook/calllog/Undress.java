package io.switchhook.calllog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.switchhook.calllog.FormEncoding.BrokenForm;
import io.switchhook.calllog.FormEncoding.FormFields;
import io.switchhook.calllog.ReadResult.Malformed;
import io.switchhook.calllog.ReadResult.Read;
import io.switchhook.calllog.Undressed.ParametersOnly;
import io.switchhook.calllog.Undressed.Unreadable;
import io.switchhook.calllog.Undressed.WithEnvelope;
import io.switchhook.calllog.Undressed.WithLog;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a call log, or an event of Webhook v2, out of a request in whatever dress it comes. Goes by
 * what the body is, not by what the content type claims: senders and their manuals disagree.
 */
public final class Undress {
  private static final String FIELD = "myoperator";
  private static final String OTHER_FIELD = "data";
  private static final Set<String> EVENT_FIELDS = Set.of("event_type", "payload");
  private static final Set<String> LOG_FIELDS = Set.of("call_state", "_ai", "_dsp");
  private static final String A_LOG =
      "a form field myoperator with a call log as JSON, or a call log as JSON";

  private final String text;
  private final Map<String, String> parameters;

  private Undress(String text, Map<String, String> parameters) {
    this.text = text;
    this.parameters = parameters;
  }

  /** What the request tells. */
  public static Undressed of(WebRequest request) {
    return switch (FormEncoding.decode(request.rawQuery())) {
      case BrokenForm(var position, var problem) ->
          unreadable(position, "query: " + problem, "percent-encoded names and values");
      case FormFields fields -> of(request, withPluses(fields.byName()));
    };
  }

  private static Undressed of(WebRequest request, Map<String, String> parameters) {
    var method = request.method().toUpperCase(Locale.ROOT);
    if (method.equals("GET") || method.equals("HEAD")) {
      return new ParametersOnly(parameters);
    }
    return switch (Utf8.decode(request.body())) {
      case Utf8.Broken(var malformed) -> new Unreadable(malformed);
      case Utf8.Decoded(var text) -> new Undress(text, parameters).body();
    };
  }

  private Undressed body() {
    var start = 0;
    while (start < text.length() && isSpace(text.charAt(start))) {
      start++;
    }
    if (start == text.length()) {
      return new ParametersOnly(parameters);
    }
    if (text.charAt(start) == '{' || text.charAt(start) == '[') {
      return json();
    }
    var raw = raw(start);
    return raw != null ? raw : form(text.strip());
  }

  private Undressed json() {
    return switch (wrapped()) {
      case WrappedObject(var start, var end) ->
          found(
              CallLogReader.readPart(text, start, end),
              text.substring(start, end),
              Dress.WRAPPED_OBJECT);
      case WrappedText(var inner) -> found(CallLogReader.read(inner), inner, Dress.WRAPPED_TEXT);
      case Event _ -> event(text);
      case null -> found(CallLogReader.read(text), text, Dress.JSON);
    };
  }

  private Undressed event(String event) {
    return switch (EnvelopeReader.read(event)) {
      case EnvelopeReader.Read(var envelope, var json) ->
          new WithEnvelope(envelope, json, parameters);
      case EnvelopeReader.Refused(var reason) -> new Unreadable(reason);
    };
  }

  private sealed interface Wrapped {}

  private record WrappedObject(int start, int end) implements Wrapped {}

  private record WrappedText(String text) implements Wrapped {}

  /** The body is a v2 event: it has {@code event_type} and {@code payload}, and no log's mark. */
  private record Event() implements Wrapped {}

  /**
   * What {@code myoperator} holds in a JSON body, or that the body is an event; null when it is
   * neither or the JSON is broken.
   */
  private @Nullable Wrapped wrapped() {
    try (var parser = JsonTree.parserOf(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      Wrapped found = null;
      var names = new HashSet<String>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var name = parser.currentName();
        var isField = FIELD.equals(name);
        var value = parser.nextToken();
        names.add(name);
        if (isField && value == JsonToken.VALUE_STRING) {
          found = new WrappedText(parser.getText());
        } else if (isField && value == JsonToken.START_OBJECT) {
          found = objectAt(parser);
        } else {
          parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        return null;
      }
      return found == null && isEvent(names) ? new Event() : found;
    } catch (IOException _) {
      // Broken JSON: whoever reads the body as a log says where.
      return null;
    }
  }

  private static boolean isEvent(Set<String> names) {
    return names.containsAll(EVENT_FIELDS) && Collections.disjoint(names, LOG_FIELDS);
  }

  private static WrappedObject objectAt(JsonParser parser) throws IOException {
    var start = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    return new WrappedObject(start, (int) parser.currentLocation().getCharOffset());
  }

  /**
   * A log behind {@code myoperator=} that was not encoded; null when there is none. It is looked
   * for first, because decoding would tear it at {@code &} and take its pluses away.
   */
  private @Nullable Undressed raw(int start) {
    var name = FIELD + "=";
    if (!text.startsWith(name, start)) {
      return null;
    }
    var inner = text.substring(start + name.length());
    var result = CallLogReader.readPart(text, start + name.length(), text.length());
    return result instanceof Read || isEvent(inner) ? found(result, inner, Dress.RAW_TEXT) : null;
  }

  private Undressed form(String form) {
    return switch (FormEncoding.decode(form)) {
      case BrokenForm(var position, var problem) -> unreadable(position, "body: " + problem, A_LOG);
      case FormFields fields -> field(fields.byName());
    };
  }

  private Undressed field(Map<String, String> fields) {
    var value = fields.get(FIELD);
    if (value != null) {
      return found(CallLogReader.read(value), value, Dress.FORM_FIELD);
    }
    var other = fields.get(OTHER_FIELD);
    if (other != null) {
      return found(CallLogReader.read(other), other, Dress.DATA_FIELD);
    }
    return unreadable(1, "body: neither JSON nor a form with a field myoperator", A_LOG);
  }

  /** What was read as a log; what is none of it may be an event in the same dress. */
  private Undressed found(ReadResult result, String json, Dress dress) {
    return switch (result) {
      case Read(var log) -> new WithLog(log, parameters, dress);
      case Malformed _ when isEvent(json) -> event(json);
      case Malformed malformed -> new Unreadable(malformed);
    };
  }

  private boolean isEvent(String json) {
    return new Undress(json, parameters).wrapped() instanceof Event;
  }

  private static Unreadable unreadable(int column, String problem, String expected) {
    return new Unreadable(new Malformed(1, column, "", problem, expected));
  }

  private static Map<String, String> withPluses(Map<String, String> parameters) {
    var restored = new LinkedHashMap<String, String>();
    parameters.forEach((name, value) -> restored.put(name, FieldReader.withPlus(value)));
    return restored;
  }

  private static boolean isSpace(char c) {
    return " \t\r\n\uFEFF".indexOf(c) >= 0;
  }
}
