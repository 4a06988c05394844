package io.switchhook.routing;

import io.switchhook.webhook.Condition;
import io.switchhook.webhook.Condition.Exists;
import io.switchhook.webhook.Condition.In;
import io.switchhook.webhook.Condition.Matches;
import io.switchhook.webhook.Condition.NotIn;
import java.util.Collection;
import java.util.List;

/** Whether conditions hold of a call log. */
final class Conditions {
  private Conditions() {}

  static boolean hold(List<Condition> conditions, LogFields fields) {
    for (var condition : conditions) {
      if (!holds(condition, fields.values(condition.field()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(Condition condition, List<String> values) {
    return switch (condition) {
      case In(_, var wanted) -> isAnyIn(wanted, values);
      case NotIn(_, var unwanted) -> !isAnyIn(unwanted, values);
      case Matches(_, var pattern) -> doesAnyFit(pattern, values);
      case Exists(_, var expected) -> expected != values.isEmpty();
    };
  }

  // Loops, not streams: this is asked of every event.
  private static boolean isAnyIn(Collection<String> wanted, List<String> values) {
    for (var value : values) {
      if (wanted.contains(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean doesAnyFit(String pattern, List<String> values) {
    for (var value : values) {
      if (fits(value, pattern)) {
        return true;
      }
    }
    return false;
  }

  private static boolean fits(String value, String pattern) {
    if (pattern.endsWith("*")) {
      return value.startsWith(pattern.substring(0, pattern.length() - 1));
    }
    if (pattern.startsWith("*")) {
      return value.endsWith(pattern.substring(1));
    }
    return value.equals(pattern);
  }
}
