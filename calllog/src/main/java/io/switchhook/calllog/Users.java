package io.switchhook.calllog;

import io.switchhook.calllog.JsonValue.Bool;
import io.switchhook.calllog.JsonValue.Digits;
import io.switchhook.calllog.JsonValue.Fields;
import io.switchhook.calllog.JsonValue.Items;
import io.switchhook.calllog.JsonValue.Null;
import io.switchhook.calllog.JsonValue.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code users} of an in-call log, however they are written: a list (the vendor's sample), a
 * comma list (its table), or JSON text of a list (what real receivers decode).
 */
final class Users {
  private Users() {}

  /** The users as a list; null stays null. */
  static JsonValue asList(JsonValue users) {
    return switch (users) {
      case Items list -> list;
      case Null none -> none;
      case Text text -> ofText(text);
      case Digits number -> new Items(number.offset(), List.of(number));
      case Bool _, Fields _ -> users;
    };
  }

  private static Items ofText(Text text) {
    var written = text.value().strip();
    if (written.startsWith("[")) {
      try {
        var wrapped = JsonTree.parse("{\"users\":" + written + "}").values().get("users");
        if (wrapped instanceof Items list && list.values().stream().allMatch(JsonValue::isScalar)) {
          return list;
        }
      } catch (MalformedException _) {
        // Not JSON after all: then it is a comma list that happens to begin with a bracket.
      }
    }
    var values = new ArrayList<JsonValue>();
    for (var user : written.split(",", -1)) {
      if (!user.isBlank()) {
        values.add(new Text(text.offset(), user.strip()));
      }
    }
    return new Items(text.offset(), values);
  }
}
