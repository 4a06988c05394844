package io.switchhook.webhook;

import java.util.List;

/**
 * What must hold of a field of the call log. Values compare as text (6 is "6"); of a list any
 * element counts; an absent or null field fails {@code In} and {@code Matches} and holds for {@code
 * NotIn}.
 */
public sealed interface Condition {
  /** The dotted path of the field, for example {@code call_state} or {@code _ld.0._ds}. */
  String field();

  /** The field is one of the values. */
  record In(String field, List<String> values) implements Condition {
    public In {
      values = List.copyOf(values);
    }
  }

  /** The field is none of the values. */
  record NotIn(String field, List<String> values) implements Condition {
    public NotIn {
      values = List.copyOf(values);
    }
  }

  /**
   * The field fits the pattern: a prefix ({@code +91*}), a suffix ({@code *00}), or the exact text.
   */
  record Matches(String field, String pattern) implements Condition {}

  /** The field is there and not null, or is not. */
  record Exists(String field, boolean expected) implements Condition {}
}
