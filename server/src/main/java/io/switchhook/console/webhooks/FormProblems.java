package io.switchhook.console.webhooks;

import io.switchhook.company.FieldMistake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What is wrong, at each place of the form that can say so.
 *
 * @param all by the place: a field, or a list and the number of its row ({@code headers-0})
 */
record FormProblems(Map<String, String> all) {
  static final String PARAMETERS = "query_parameters";
  static final String HEADERS = "headers";
  static final String CONDITIONS = "conditions";

  static final FormProblems NONE = new FormProblems(Map.of());

  private static final Pattern ROW = Pattern.compile("([a-z_]+)\\[([0-9]{1,4})].*");

  FormProblems {
    all = Map.copyOf(all);
  }

  /** The problems that the API has with the form's JSON. */
  static FormProblems of(WebhookForm form, List<FieldMistake> mistakes) {
    var problems = new LinkedHashMap<String, String>();
    for (var mistake : mistakes) {
      problems.merge(
          place(form, mistake.field()),
          sentence(mistake.problem()),
          (first, next) -> first + " " + next);
    }
    return new FormProblems(problems);
  }

  private static String place(WebhookForm form, String field) {
    var row = ROW.matcher(field);
    if (row.matches()) {
      var list = row.group(1);
      return list + "-" + rows(form, list).get(Integer.parseInt(row.group(2)));
    }
    int dot = field.indexOf('.');
    return dot < 0 ? field : field.substring(0, dot);
  }

  /** Which rows of the form the entries of a list come from. */
  private static List<Integer> rows(WebhookForm form, String list) {
    return switch (list) {
      case PARAMETERS -> filled(form.parameters(), row -> !row.isEmpty());
      case HEADERS -> filled(form.headers(), row -> !row.isEmpty());
      default -> filled(form.conditions(), row -> !row.isEmpty());
    };
  }

  private static <T> List<Integer> filled(List<T> rows, Predicate<T> isFilled) {
    return IntStream.range(0, rows.size())
        .filter(row -> isFilled.test(rows.get(row)))
        .boxed()
        .toList();
  }

  private static String sentence(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
  }

  /** What is wrong there; {@code ""} when nothing is. */
  String at(String place) {
    return all.getOrDefault(place, "");
  }

  String at(String list, int row) {
    return at(list + "-" + row);
  }

  boolean has(String place) {
    return all.containsKey(place);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** The same and one more. */
  FormProblems and(String place, String words) {
    var more = new LinkedHashMap<>(all);
    more.merge(place, sentence(words), (first, next) -> first + " " + next);
    return new FormProblems(more);
  }

  /** The same without those of a place. */
  FormProblems without(String place) {
    var fewer = new LinkedHashMap<>(all);
    fewer.remove(place);
    return new FormProblems(fewer);
  }

  /** All places of a form that can say that something is wrong. */
  static List<String> places(WebhookForm form) {
    var places =
        new ArrayList<>(
            List.of(
                "name",
                "trigger",
                "target_url",
                "method",
                "body",
                PARAMETERS,
                HEADERS,
                CONDITIONS,
                "basic_auth",
                "signing",
                "timeout_seconds",
                "time_to_live_seconds",
                "superseded"));
    addRows(places, PARAMETERS, form.parameters().size());
    addRows(places, HEADERS, form.headers().size());
    addRows(places, CONDITIONS, form.conditions().size());
    return places;
  }

  private static void addRows(List<String> places, String list, int size) {
    IntStream.range(0, size).forEach(row -> places.add(list + "-" + row));
  }
}
