package io.switchhook.admin;

import io.switchhook.history.Cursor;
import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads the parameters of a query string, and notes all that is wrong with them. */
final class QueryReader {
  private static final int TEXT_LENGTH_MAX = 2_000;

  private final MultiMap query;
  private final Set<String> known = new TreeSet<>();
  private final List<Problem.Wrong> errors = new ArrayList<>();

  QueryReader(MultiMap query) {
    this.query = query;
  }

  /** A parameter's text; empty when it is absent or has no value. */
  Optional<String> text(String name) {
    known.add(name);
    var values = query.getAll(name);
    if (values.size() > 1) {
      refuse(name, "is given more than once");
      return Optional.empty();
    }
    var text = values.isEmpty() ? "" : values.getFirst();
    if (text.length() > TEXT_LENGTH_MAX) {
      refuse(name, "is longer than " + TEXT_LENGTH_MAX + " characters");
      return Optional.empty();
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  <T> Optional<T> parsed(String name, Function<String, Optional<T>> parser, String allowed) {
    return text(name)
        .flatMap(
            text -> {
              var value = parser.apply(text);
              if (value.isEmpty()) {
                refuse(name, allowed);
              }
              return value;
            });
  }

  Optional<Integer> number(String name, int min, int max) {
    return parsed(
        name,
        text -> whole(text).filter(value -> value >= min && value <= max),
        "must be a whole number from " + min + " to " + max);
  }

  Optional<Instant> time(String name) {
    return parsed(
        name,
        QueryReader::instant,
        "must be a time by RFC 3339, such as 2026-01-31T09:30:00Z (write + as %2B)");
  }

  /** One of these words. */
  Optional<String> choice(String name, String... words) {
    return parsed(
        name,
        text -> Arrays.stream(words).filter(text::equals).findFirst(),
        "must be " + String.join(" or ", words));
  }

  Optional<Cursor> cursor() {
    return parsed("cursor", Cursor::parse, "must be the next of the page before");
  }

  /** What is wrong with a search. */
  Optional<Problem> problem() {
    return problem("nothing was searched");
  }

  /** What is wrong, when anything is; asked for when all parameters were read. */
  Optional<Problem> problem(String consequence) {
    for (var name : query.names()) {
      if (!known.contains(name)) {
        refuse(
            name.length() <= 60 ? name : name.substring(0, 60),
            "is no parameter here; there are " + String.join(", ", known));
      }
    }
    return errors.isEmpty()
        ? Optional.empty()
        : Optional.of(Problem.invalidFields(errors, consequence));
  }

  private void refuse(String name, String problem) {
    errors.add(new Problem.Wrong(name, problem, 0, 0));
  }

  private static Optional<Integer> whole(String text) {
    return text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Optional.of(Integer.valueOf(text))
        : Optional.empty();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
