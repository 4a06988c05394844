package io.switchhook.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchhook.admin.Problem.Wrong;
import io.switchhook.delivery.Replay.Only;
import io.switchhook.event.CallId;
import io.switchhook.replay.Asked;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what is to be told again: {@code {"from","to","only"}} or {@code {"uid","only"}}, or all
 * that is wrong with it.
 */
final class ReplayReader {
  private static final Set<String> FIELDS = Set.of("from", "to", "only", "uid");
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00.001Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private final JsonNode json;
  private final List<Wrong> errors = new ArrayList<>();

  /** What was read. */
  sealed interface Read {
    record Good(Asked asked) implements Read {}

    record Bad(Problem problem) implements Read {}
  }

  private ReplayReader(JsonNode json) {
    this.json = json;
  }

  static Read read(JsonNode json) {
    return new ReplayReader(json).read();
  }

  private Read read() {
    if (!json.isObject()) {
      refuse("", "must be an object");
      return bad();
    }
    var from = time("from");
    var to = time("to");
    var uid = uid();
    var only = only();
    checkTogether(from, to);
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!FIELDS.contains(name)) {
                refuse(
                    name.length() <= 60 ? name : name.substring(0, 60) + "…",
                    "is no field here; there are from, to, only, uid");
              }
            });
    if (!errors.isEmpty()) {
      return bad();
    }
    var preset = uid.isPresent() ? Only.ALL : Only.FAILED;
    return new Read.Good(
        new Asked(uid.orElse(null), from.orElse(null), to.orElse(null), only.orElse(preset)));
  }

  private Read bad() {
    return new Read.Bad(Problem.invalidFields(errors, "nothing was started"));
  }

  private void checkTogether(Optional<Instant> from, Optional<Instant> to) {
    var hasTime = isGiven("from") || isGiven("to");
    if (isGiven("uid") && hasTime) {
      refuse("uid", "cannot stand beside from or to: a replay is of one call or of a time");
    }
    if (!isGiven("uid") && !hasTime) {
      refuse("", "must say what to tell again: from, to, or both, or uid");
    }
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      refuse("from", "must be before to");
    }
  }

  private boolean isGiven(String field) {
    return json.hasNonNull(field);
  }

  private Optional<Instant> time(String field) {
    if (!isGiven(field)) {
      return Optional.empty();
    }
    var time = instant(json.get(field).asText());
    if (time.isEmpty() || !json.get(field).isTextual()) {
      refuse(field, "must be a time by RFC 3339 from 1970 on, such as 2026-01-31T09:30:00Z");
      return Optional.empty();
    }
    return time;
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS))
          .filter(time -> !time.isBefore(EARLIEST) && time.isBefore(LATEST));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private Optional<String> uid() {
    if (!isGiven("uid")) {
      return Optional.empty();
    }
    var text = json.get("uid").isTextual() ? json.get("uid").asText() : "";
    if (text.isEmpty() || text.length() > CallId.UID_LENGTH_MAX) {
      refuse("uid", "must be a text of 1 to " + CallId.UID_LENGTH_MAX + " characters");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  private Optional<Only> only() {
    if (!isGiven("only")) {
      return Optional.empty();
    }
    return switch (json.get("only").isTextual() ? json.get("only").asText() : "") {
      case "failed" -> Optional.of(Only.FAILED);
      case "all" -> Optional.of(Only.ALL);
      default -> {
        refuse("only", "must be \"failed\" or \"all\"");
        yield Optional.empty();
      }
    };
  }

  private void refuse(String field, String problem) {
    errors.add(new Wrong(field, problem, 0, 0));
  }
}
