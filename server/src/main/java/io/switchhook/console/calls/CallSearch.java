package io.switchhook.console.calls;

import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.Links;
import io.switchhook.event.CallId;
import io.switchhook.history.CallQuery;
import io.switchhook.history.CallTerms;
import io.switchhook.history.Cursor;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody searches for, as they typed it and as history is asked.
 *
 * @param typed the fields by name, for the form to show again
 * @param problems what could not be understood and so does not narrow
 */
record CallSearch(CallQuery query, Map<String, String> typed, List<String> problems) {
  static final int PAGE_SIZE = 50;

  private static final List<String> FIELDS =
      List.of("number", "user", "reference", "state", "from", "to", "zone");

  CallSearch {
    typed = Map.copyOf(typed);
    problems = List.copyOf(problems);
  }

  static CallSearch read(ConsoleRequest request) {
    var typed = new LinkedHashMap<String, String>();
    FIELDS.forEach(field -> request.inQuery(field).ifPresent(text -> typed.put(field, text)));
    var problems = new ArrayList<String>();
    var zone = zone(typed.getOrDefault("zone", "UTC"));
    var query =
        new CallQuery(
            request.company().id(),
            state(typed.getOrDefault("state", "")).orElse(null),
            number(typed.getOrDefault("number", ""), problems).orElse(null),
            term(typed.getOrDefault("user", "")),
            term(typed.getOrDefault("reference", "")),
            time("From", typed.getOrDefault("from", ""), zone, problems).orElse(null),
            time("To", typed.getOrDefault("to", ""), zone, problems).orElse(null),
            request.inQuery("cursor").flatMap(Cursor::parse).orElse(null),
            PAGE_SIZE);
    return new CallSearch(query, typed, problems);
  }

  /** The same when what was typed was understood otherwise. */
  CallSearch withoutProblems() {
    return new CallSearch(query, typed, List.of());
  }

  /** What was typed into a field. */
  String text(String field) {
    return typed.getOrDefault(field, "");
  }

  /** What was typed, when it may be a call's uid. */
  Optional<String> uid() {
    return Optional.of(text("number"))
        .filter(text -> !text.isEmpty() && text.length() <= CallId.UID_LENGTH_MAX);
  }

  boolean isEmpty() {
    return typed.keySet().stream().allMatch("zone"::equals);
  }

  /** The same search as a query string, with more at its end; {@code ""} when nothing is asked. */
  String queryString(String more) {
    var parts = new ArrayList<String>();
    FIELDS.forEach(
        field -> {
          if (!text(field).isEmpty()) {
            parts.add(field + "=" + Links.encoded(text(field)));
          }
        });
    if (!more.isEmpty()) {
      parts.add(more);
    }
    return parts.isEmpty() ? "" : "?" + String.join("&", parts);
  }

  private static @Nullable String term(String text) {
    return text.isEmpty() ? null : text.substring(0, Math.min(text.length(), CallTerms.LENGTH_MAX));
  }

  private static Optional<Integer> state(String text) {
    return text.matches("[1-9]") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  private static Optional<String> number(String text, List<String> problems) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    var digits = CallQuery.digitsOf(text);
    if (digits.isEmpty()) {
      problems.add("“" + text + "” is neither the uid of a call nor a number of 1 to 32 digits.");
    }
    return digits;
  }

  private static Optional<Instant> time(
      String label, String text, ZoneId zone, List<String> problems) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDateTime.parse(text).atZone(zone).toInstant());
    } catch (DateTimeException e) {
      problems.add(label + " must be a day and a time, such as 2026-01-31T09:30.");
      return Optional.empty();
    }
  }

  /** The viewer's zone as their browser says it. */
  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }
}
