package io.switchhook.company;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchhook.webhook.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code conditions} of a webhook, from JSON and back. */
final class Conditions {
  static final int COUNT_MAX = 50;
  static final int VALUES_MAX = 200;
  static final int VALUE_LENGTH_MAX = 256;
  static final int PATH_LENGTH_MAX = 200;

  private static final String FIELD = "field";
  private static final List<String> TESTS = List.of("in", "not_in", "matches", "exists");
  private static final Pattern PATH = Pattern.compile("[^.\\s]+(\\.[^.\\s]+){0,31}");

  private Conditions() {}

  /** The conditions, in their order; what is wrong is noted. */
  static List<Condition> read(ObjectReader webhook) {
    var conditions = new ArrayList<Condition>();
    var nodes = webhook.list("conditions", COUNT_MAX);
    for (int index = 0; index < nodes.size(); index++) {
      readOne(webhook.element("conditions", index, nodes.get(index))).ifPresent(conditions::add);
    }
    return conditions;
  }

  /** A dotted path into the call log, in the field of this name. */
  static Optional<String> path(ObjectReader object, String name) {
    return object
        .requiredText(name, PATH_LENGTH_MAX)
        .filter(
            path -> {
              boolean isPath = PATH.matcher(path).matches();
              if (!isPath) {
                object.refuse(
                    name, "must be a field of the call log, such as call_state or _ld.0._ds");
              }
              return isPath;
            });
  }

  private static Optional<Condition> readOne(ObjectReader condition) {
    var field = path(condition, FIELD);
    var tests = TESTS.stream().filter(test -> condition.value(test).isPresent()).toList();
    condition.refuseOthers();
    if (tests.size() != 1) {
      condition.refuse("", "must have exactly one of in, not_in, matches, exists");
      return Optional.empty();
    }
    return field.flatMap(path -> test(condition, path, tests.getFirst()));
  }

  private static Optional<Condition> test(ObjectReader condition, String field, String test) {
    return switch (test) {
      case "in" -> values(condition, test).map(values -> new Condition.In(field, values));
      case "not_in" -> values(condition, test).map(values -> new Condition.NotIn(field, values));
      case "matches" ->
          pattern(condition, test).map(pattern -> new Condition.Matches(field, pattern));
      default -> condition.truth(test).map(expected -> new Condition.Exists(field, expected));
    };
  }

  private static Optional<List<String>> values(ObjectReader condition, String test) {
    var nodes = condition.list(test, VALUES_MAX);
    var values = new ArrayList<String>();
    for (int index = 0; index < nodes.size(); index++) {
      value(condition, nodes.get(index), condition.pathOf(test) + "[" + index + "]")
          .ifPresent(values::add);
    }
    if (nodes.isEmpty() && condition.value(test).filter(JsonNode::isArray).isPresent()) {
      condition.refuse(test, "must have 1 to " + VALUES_MAX + " values");
    }
    return values.isEmpty() || values.size() < nodes.size()
        ? Optional.empty()
        : Optional.of(values);
  }

  /** Values compare as text, so a whole number may be written as one. */
  private static Optional<String> value(ObjectReader condition, JsonNode node, String at) {
    return (node.isIntegralNumber() && node.asText().length() <= VALUE_LENGTH_MAX)
            || node.isBoolean()
        ? Optional.of(node.asText())
        : condition.textOf(node, at, VALUE_LENGTH_MAX);
  }

  private static Optional<String> pattern(ObjectReader condition, String test) {
    return condition
        .requiredText(test, VALUE_LENGTH_MAX)
        .filter(
            pattern -> {
              int star = pattern.indexOf('*');
              boolean isAllowed =
                  star < 0
                      || (star == pattern.lastIndexOf('*')
                          && (star == 0 || star == pattern.length() - 1));
              if (!isAllowed) {
                condition.refuse(test, "may have one *, at its beginning or at its end");
              }
              return isAllowed;
            });
  }

  /** The conditions as {@link #read} takes them. */
  static ArrayNode write(List<Condition> conditions) {
    var list = JsonNodeFactory.instance.arrayNode();
    for (var condition : conditions) {
      var node = list.addObject().put(FIELD, condition.field());
      switch (condition) {
        case Condition.In(_, var values) -> values.forEach(node.putArray("in")::add);
        case Condition.NotIn(_, var values) -> values.forEach(node.putArray("not_in")::add);
        case Condition.Matches(_, var pattern) -> node.put("matches", pattern);
        case Condition.Exists(_, var expected) -> node.put("exists", expected);
      }
    }
    return list;
  }
}
