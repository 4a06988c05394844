package io.switchhook.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.company.FieldMistake;
import java.util.List;

/**
 * Why a request was not carried out.
 *
 * @param detail what happened, and what to do
 * @param errors the fields that are wrong, if any are
 */
record Problem(ProblemType type, String detail, List<Wrong> errors) {
  Problem {
    errors = List.copyOf(errors);
  }

  /**
   * One field that is wrong.
   *
   * @param line 1, 2 … in the body; 0 when it is not known
   * @param column 1, 2 … on that line; 0 when it is not known
   */
  record Wrong(String field, String problem, int line, int column) {}

  static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, List.of());
  }

  /** What {@code mistakes} say. */
  static Problem invalid(List<FieldMistake> mistakes) {
    var errors = mistakes.stream().map(it -> new Wrong(it.field(), it.problem(), 0, 0)).toList();
    return invalidFields(errors, "nothing was changed");
  }

  /** All errors, and in the detail the first in words. */
  static Problem invalidFields(List<Wrong> errors, String consequence) {
    var first = errors.getFirst();
    var more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more, see errors)";
    var where = first.field().isEmpty() ? "The body" : first.field();
    var line = first.line() == 0 ? "" : "Line " + first.line() + ": ";
    return new Problem(
        ProblemType.INVALID,
        line + where + " " + first.problem() + more + "; " + consequence + ".",
        errors);
  }

  ObjectNode json() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("type", type.urn());
    json.put("title", type.title());
    json.put("status", type.status());
    json.put("detail", detail);
    if (!errors.isEmpty()) {
      var list = json.putArray("errors");
      for (var error : errors) {
        var node = list.addObject().put("field", error.field()).put("problem", error.problem());
        if (error.line() > 0) {
          node.put("line", error.line()).put("column", error.column());
        }
      }
    }
    return json;
  }
}
