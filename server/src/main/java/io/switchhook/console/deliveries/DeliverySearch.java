package io.switchhook.console.deliveries;

import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.Links;
import io.switchhook.console.LocalTimes;
import io.switchhook.event.WebhookId;
import io.switchhook.history.Cursor;
import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.DeliveryQuery;
import io.switchhook.history.Failure;
import io.switchhook.history.FailureFilter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody searches for, as they chose it and as history is asked.
 *
 * @param typed the fields by name, for the form to show again
 * @param problems what could not be understood and so does not narrow
 */
record DeliverySearch(DeliveryQuery query, Map<String, String> typed, List<String> problems) {
  static final int PAGE_SIZE = 50;

  /** Stands for whatever failed, be it tried again or given up. */
  static final String NOT_TOLD = "not_told";

  /** The group of failures that is looked at, by its words. */
  static final String REASON = "reason";

  private static final List<String> FIELDS =
      List.of("webhook", "outcome", "status", REASON, "from", "to", "zone");

  DeliverySearch {
    typed = Map.copyOf(typed);
    problems = List.copyOf(problems);
  }

  static DeliverySearch read(ConsoleRequest request) {
    var typed = new LinkedHashMap<String, String>();
    FIELDS.forEach(field -> request.inQuery(field).ifPresent(text -> typed.put(field, text)));
    var problems = new ArrayList<String>();
    var zone = LocalTimes.zone(typed.getOrDefault("zone", "UTC"));
    var answer = answer(typed, problems);
    var query =
        new DeliveryQuery(
            request.company().id(),
            Optional.ofNullable(typed.get("webhook")).map(WebhookId::new).orElse(null),
            null,
            answer.outcome(),
            answer.failure(),
            time("From", typed.get("from"), zone, problems),
            time("To", typed.get("to"), zone, problems),
            request.inQuery("cursor").flatMap(Cursor::parse).orElse(null),
            PAGE_SIZE);
    return new DeliverySearch(query, typed, problems);
  }

  /** How deliveries are to stand. */
  private record Answer(@Nullable DeliveryOutcome outcome, @Nullable FailureFilter failure) {}

  private static Answer answer(Map<String, String> typed, List<String> problems) {
    var word = typed.getOrDefault("outcome", "");
    var outcome =
        DeliveryOutcome.ofWord(word).filter(one -> one != DeliveryOutcome.NO_WEBHOOK).orElse(null);
    var failure = word.equals(NOT_TOLD) ? new FailureFilter.Any() : null;
    if (typed.containsKey(REASON)) {
      var words = typed.getOrDefault(REASON, "");
      return new Answer(outcome, new FailureFilter.Words(words.equals("-") ? "" : words));
    }
    var text = typed.getOrDefault("status", "");
    var status = SearchedStatus.read(text).orElse(null);
    if (!text.isEmpty() && status == null) {
      problems.add(
          "“"
              + text
              + "” is no status to search for: there are 503 and its like, 5xx, 2xx for what"
              + " was accepted, and none for no answer.");
    }
    return switch (status) {
      case null -> new Answer(outcome, failure);
      case SearchedStatus.Failed(var filter) -> new Answer(outcome, filter);
      case SearchedStatus.Accepted _ -> new Answer(DeliveryOutcome.DELIVERED, null);
    };
  }

  private static @Nullable Instant time(
      String label, @Nullable String text, ZoneId zone, List<String> problems) {
    if (text == null) {
      return null;
    }
    var time = LocalTimes.read(text, zone);
    if (time.isEmpty()) {
      problems.add(label + " must be a day and a time, such as 2026-01-31T09:30.");
    }
    return time.orElse(null);
  }

  /** What was chosen in a field. */
  String text(String field) {
    return typed.getOrDefault(field, "");
  }

  boolean isEmpty() {
    return typed.keySet().stream().allMatch("zone"::equals);
  }

  /** True when failures may be among what is asked for, and no group of them was chosen yet. */
  boolean mayFail() {
    var outcome = query.outcome();
    return text(REASON).isEmpty() && (outcome == null || Failure.isOf(outcome));
  }

  /**
   * The same search as a query string; {@code ""} when nothing is asked.
   *
   * @param other fields that are to be otherwise; {@code ""} leaves one out
   */
  String queryString(Map<String, String> other) {
    var fields = new LinkedHashMap<String, String>();
    FIELDS.forEach(field -> fields.put(field, text(field)));
    fields.putAll(other);
    var parts = new ArrayList<String>();
    fields.forEach(
        (field, text) -> {
          if (!text.isEmpty()) {
            parts.add(field + "=" + Links.encoded(text));
          }
        });
    return parts.isEmpty() ? "" : "?" + String.join("&", parts);
  }
}
