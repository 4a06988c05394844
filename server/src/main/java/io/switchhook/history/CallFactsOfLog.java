package io.switchhook.history;

import io.switchhook.calllog.CallLog;
import io.switchhook.calllog.CallLogReader;
import io.switchhook.calllog.ReadResult;
import io.switchhook.event.Kind;
import io.switchhook.journal.JournalRecord;
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
    return switch (CallLogReader.read(event.body().array())) {
      case ReadResult.Read(var log) -> event.kind() == Kind.IN_CALL ? ofInCall(log) : ofRecord(log);
      // Only whole logs get into the journal; what cannot be read any more is shown without facts.
      case ReadResult.Malformed _ -> CallFacts.NONE;
    };
  }

  private static CallFacts ofInCall(CallLog log) {
    return new CallFacts(
        digit(log, "call_state"),
        digit(log, "event"),
        text(log, "status"),
        text(log, "clid"),
        text(log, "clid_raw"),
        text(log, "rdnis"),
        log.values("users").stream().limit(USERS_MAX).map(CallFactsOfLog::cut).toList(),
        references(log, "client_ref_id", "reference_id"));
  }

  /** An after-call log or a disposition: the names that the record of a whole call uses. */
  private static CallFacts ofRecord(CallLog log) {
    return new CallFacts(
        null,
        digit(log, "_ev"),
        text(log, "_su"),
        text(log, "_cr"),
        Optional.ofNullable(text(log, "_cl")).map(CallFactsOfLog::withoutPlus).orElse(null),
        null,
        List.of(),
        references(log, "_cri", "_ri"));
  }

  private static List<String> references(CallLog log, String clients, String made) {
    return Stream.of(text(log, clients), text(log, made))
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private static String withoutPlus(String number) {
    return number.startsWith("+") ? number.substring(1) : number;
  }

  private static @Nullable Integer digit(CallLog log, String field) {
    var text = log.text(field).orElse("");
    return text.length() == 1 && text.charAt(0) >= '1' && text.charAt(0) <= '9'
        ? text.charAt(0) - '0'
        : null;
  }

  private static @Nullable String text(CallLog log, String field) {
    return log.text(field).filter(text -> !text.isEmpty()).map(CallFactsOfLog::cut).orElse(null);
  }

  private static String cut(String text) {
    return text.length() <= TEXT_LENGTH_MAX ? text : text.substring(0, TEXT_LENGTH_MAX);
  }
}
