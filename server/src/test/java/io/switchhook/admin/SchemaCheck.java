package io.switchhook.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * As much of JSON Schema as our document uses. Stricter in one thing: a field that is not declared
 * is an objection.
 */
final class SchemaCheck {
  private final JsonNode document;

  SchemaCheck(JsonNode document) {
    this.document = document;
  }

  List<String> objections(JsonNode value, JsonNode schema) {
    var objections = new ArrayList<String>();
    check("", value, schema, objections);
    return objections;
  }

  private void check(String at, JsonNode value, JsonNode schema, List<String> objections) {
    if (schema.has("$ref")) {
      check(at, value, document.at(schema.path("$ref").asText().substring(1)), objections);
      return;
    }
    if (schema.has("oneOf")) {
      int fitting = 0;
      for (var one : schema.path("oneOf")) {
        fitting += objections(value, one).isEmpty() ? 1 : 0;
      }
      if (fitting != 1) {
        objections.add(at + " fits " + fitting + " of its shapes");
      }
      return;
    }
    if (!hasType(value, schema.path("type"))) {
      objections.add(at + " is " + value.getNodeType() + ", not " + schema.path("type"));
      return;
    }
    if (schema.has("enum") && !contains(schema.path("enum"), value)) {
      objections.add(at + " is none of " + schema.path("enum"));
    }
    if (value.isObject() && schema.has("properties")) {
      checkObject(at, value, schema, objections);
    }
    if (value.isArray()) {
      for (int index = 0; index < value.size(); index++) {
        check(at + "[" + index + "]", value.get(index), schema.path("items"), objections);
      }
    }
  }

  private void checkObject(String at, JsonNode value, JsonNode schema, List<String> objections) {
    for (var name : schema.path("required")) {
      if (!value.has(name.asText())) {
        objections.add(at + "." + name.asText() + " is missing");
      }
    }
    value
        .properties()
        .forEach(
            field -> {
              var declared = schema.path("properties").path(field.getKey());
              var path = at + "." + field.getKey();
              if (declared.isMissingNode()) {
                objections.add(path + " is not declared");
              } else {
                check(path, field.getValue(), declared, objections);
              }
            });
  }

  private static boolean hasType(JsonNode value, JsonNode type) {
    if (type.isMissingNode()) {
      return true;
    }
    if (type.isArray()) {
      for (var one : type) {
        if (hasType(value, one)) {
          return true;
        }
      }
      return false;
    }
    return switch (type.asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> false;
    };
  }

  private static boolean contains(JsonNode list, JsonNode value) {
    for (var one : list) {
      if (one.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
