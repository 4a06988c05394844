package io.switchhook.source.asterisk.mapping;

import io.switchhook.source.asterisk.ami.AmiMessage;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The channel variables that a message carries for one channel: {@code ChanVariable: NAME=value}
 * lines, which manager.conf's {@code channelvars} asks for, or a VarSet event.
 */
record VariableValues(Map<String, String> values) {
  private static final VariableValues NONE = new VariableValues(Map.of());

  /** The variables of the channel whose fields begin with {@code prefix}. */
  static VariableValues of(AmiMessage message, String prefix) {
    var start = (prefix + "ChanVariable").toLowerCase(Locale.ROOT);
    Map<String, String> values = null;
    for (var field : message.fields()) {
      var name = field.name();
      // Older servers write the channel into the name: ChanVariable(PJSIP/x-1).
      if (name.length() >= start.length()
          && name.regionMatches(/* ignoreCase= */ true, 0, start, 0, start.length())) {
        var equal = field.value().indexOf('=');
        if (equal > 0) {
          values = values == null ? new HashMap<>() : values;
          values.put(field.value().substring(0, equal), field.value().substring(equal + 1));
        }
      }
    }
    if (prefix.isEmpty() && message.event().equals("VarSet")) {
      return new VariableValues(Map.of(message.text("Variable"), message.text("Value")));
    }
    return values == null ? NONE : new VariableValues(values);
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /** The value; {@code ""} when it is not there. */
  String value(String name) {
    return values.getOrDefault(name, "");
  }
}
