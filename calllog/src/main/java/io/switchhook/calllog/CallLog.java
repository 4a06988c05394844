package io.switchhook.calllog;

import io.switchhook.calllog.JsonValue.Bool;
import io.switchhook.calllog.JsonValue.Digits;
import io.switchhook.calllog.JsonValue.Fields;
import io.switchhook.calllog.JsonValue.Items;
import io.switchhook.calllog.JsonValue.Null;
import io.switchhook.calllog.JsonValue.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One call log, exactly as it came: every key and value, also unknown ones, in their order. Only
 * white space around the object (and a byte order mark before it) is not kept; inside, every byte
 * is. Made by {@link CallLogReader}; does not change.
 */
public final class CallLog {
  private final String json;
  private final Fields root;
  private final LogKind kind;
  private final String uid;

  CallLog(String json, Fields root, LogKind kind, String uid) {
    this.json = json;
    this.root = root;
    this.kind = kind;
    this.uid = uid;
  }

  /** Which of the three it is. */
  public LogKind kind() {
    return kind;
  }

  /** The call that it is of: never empty. */
  public String uid() {
    return uid;
  }

  /** The log's own id ({@code id}, or {@code _ai} of an after-call log), when it has one. */
  public Optional<String> id() {
    return text("id").or(() -> text("_ai"));
  }

  /**
   * A field as text, by its dotted path with numbers for places in lists ({@code _ld.0._ds}): a
   * number as it is written, a list joined with commas (its nulls left out), an object as JSON.
   * Empty when the field is absent or null. The {@code users} of an in-call log are read as a list
   * in whatever way they are written.
   */
  public Optional<String> text(String dottedPath) {
    return switch (find(dottedPath)) {
      case Items list -> Optional.of(String.join(",", texts(list)));
      case JsonValue value -> Optional.ofNullable(textOf(value));
      case null -> Optional.empty();
    };
  }

  /**
   * The values of a field, each as text: all elements of a list, or the one value of anything else;
   * none when the field is absent or null.
   */
  public List<String> values(String dottedPath) {
    return switch (find(dottedPath)) {
      case Items list -> texts(list);
      case JsonValue value -> {
        var text = textOf(value);
        yield text == null ? List.of() : List.of(text);
      }
      case null -> List.of();
    };
  }

  /** True when the field is there and not null. An empty text or list is there. */
  public boolean has(String dottedPath) {
    var value = find(dottedPath);
    return value != null && !(value instanceof Null);
  }

  /** The log as JSON text. */
  public String json() {
    return json;
  }

  /** The log as JSON in UTF-8, a fresh copy. */
  public byte[] bytes() {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The log's content in UTF-8, in one form for every order of its keys, white space and way of
   * escaping: what tells two logs apart. Numbers stay as they were written, and {@code 6} is not
   * {@code "6"}.
   */
  public byte[] canonicalContent() {
    return CanonicalJson.of(root).getBytes(StandardCharsets.UTF_8);
  }

  /** The fields as they were read. */
  Fields root() {
    return root;
  }

  private @Nullable JsonValue find(String dottedPath) {
    var dot = dottedPath.indexOf('.');
    var name = dot < 0 ? dottedPath : dottedPath.substring(0, dot);
    var value = root.values().get(name);
    if (value != null && kind == LogKind.IN_CALL && name.equals("users")) {
      value = Users.asList(value);
    }
    while (dot >= 0 && value != null) {
      var next = dottedPath.indexOf('.', dot + 1);
      value = step(value, dottedPath.substring(dot + 1, next < 0 ? dottedPath.length() : next));
      dot = next;
    }
    return value;
  }

  private static @Nullable JsonValue step(JsonValue value, String part) {
    return switch (value) {
      case Fields fields -> fields.values().get(part);
      case Items list -> place(list, part);
      case Text _, Digits _, Bool _, Null _ -> null;
    };
  }

  private static @Nullable JsonValue place(Items list, String part) {
    if (part.isEmpty() || part.length() > 6 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    var index = Integer.parseInt(part);
    return index < list.values().size() ? list.values().get(index) : null;
  }

  private static List<String> texts(Items list) {
    return list.values().stream()
        .map(CallLog::textOf)
        .filter(Objects::nonNull)
        .collect(Collectors.toUnmodifiableList());
  }

  /** A value as text; null for null. */
  static @Nullable String textOf(JsonValue value) {
    return switch (value) {
      case Text(_, var text) -> text;
      case Digits(_, var digits) -> digits;
      case Bool(_, var truth) -> String.valueOf(truth);
      case Null _ -> null;
      case Items list -> CanonicalJson.inOrder(list);
      case Fields fields -> CanonicalJson.inOrder(fields);
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CallLog log && json.equals(log.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  /** Says what it is, not what is in it: call logs hold telephone numbers. */
  @Override
  public String toString() {
    return kind + " log of " + json.length() + " characters";
  }
}
