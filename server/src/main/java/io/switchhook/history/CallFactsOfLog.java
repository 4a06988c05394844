package io.switchhook.history;

import io.switchhook.event.Kind;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.LogFields;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads out of an event's log what lists of calls show. */
final class CallFactsOfLog {
  private static final int TEXT_LENGTH_MAX = 100;
  private static final int USERS_MAX = 20;

  private CallFactsOfLog() {}

  static CallFacts read(JournalRecord event) {
    var log = LogFields.of(event);
    return event.kind() == Kind.IN_CALL ? ofInCall(log) : ofRecord(log);
  }

  private static CallFacts ofInCall(LogFields log) {
    if (text(log, "uid") == null) {
      return CallFacts.NONE; // an event of Webhook v2, which has other fields
    }
    return new CallFacts(
        digit(text(log, "call_state")),
        digit(text(log, "event")),
        text(log, "status"),
        text(log, "clid"),
        text(log, "clid_raw"),
        text(log, "rdnis"),
        log.values("users").stream().limit(USERS_MAX).map(CallFactsOfLog::cut).toList(),
        references(text(log, "client_ref_id"), text(log, "reference_id")));
  }

  /** An after-call log or a disposition: the names that the record of a whole call uses. */
  private static CallFacts ofRecord(LogFields log) {
    return new CallFacts(
        null,
        digit(text(log, "_ev")),
        text(log, "_su"),
        text(log, "_cr"),
        Optional.ofNullable(text(log, "_cl")).map(CallFactsOfLog::withoutPlus).orElse(null),
        null,
        List.of(),
        references(text(log, "_cri"), text(log, "_ri")));
  }

  private static List<String> references(@Nullable String client, @Nullable String made) {
    return Stream.of(client, made).filter(Objects::nonNull).distinct().toList();
  }

  private static String withoutPlus(String number) {
    return number.startsWith("+") ? number.substring(1) : number;
  }

  private static @Nullable Integer digit(@Nullable String text) {
    return text != null && text.length() == 1 && text.charAt(0) >= '1' && text.charAt(0) <= '9'
        ? text.charAt(0) - '0'
        : null;
  }

  private static @Nullable String text(LogFields log, String field) {
    var values = log.values(field);
    var text = values.size() == 1 ? values.getFirst() : String.join(",", values);
    return text.isEmpty() ? null : cut(text);
  }

  private static String cut(String text) {
    return text.length() <= TEXT_LENGTH_MAX ? text : text.substring(0, TEXT_LENGTH_MAX);
  }
}
