package io.switchhook.console.settings;

import io.switchhook.company.Change;
import io.switchhook.company.FieldMistake;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Says why a change was not done. */
final class Problems {
  /** Stands for the form as a whole where problems are kept by field. */
  static final String FORM = "";

  private Problems() {}

  /** What is wrong, by field; empty when the change was done. */
  static Map<String, String> of(Change<?> change) {
    return switch (change) {
      case Change.Done<?> _ -> Map.of();
      case Change.Refused<?>(var mistakes) ->
          mistakes.stream()
              .collect(
                  Collectors.toMap(
                      FieldMistake::field,
                      FieldMistake::problem,
                      (one, other) -> one + "; " + other,
                      LinkedHashMap::new));
      case Change.Conflict<?>(var words) -> Map.of(FORM, sentence(words));
      case Change.NotFound<?> _ -> Map.of(FORM, "It is not there any more.");
      case Change.Stale<?> _ -> Map.of(FORM, "Somebody changed it just now; look again.");
      case Change.Unavailable<?>(var words) -> Map.of(FORM, sentence(words));
    };
  }

  private static String sentence(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
  }
}
