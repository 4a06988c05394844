package io.switchhook.source.asterisk.live;

import io.switchhook.calllog.CallLogReader;
import io.switchhook.calllog.CallState;
import io.switchhook.calllog.CallType;
import io.switchhook.calllog.InCallLog;
import io.switchhook.calllog.LogKind;
import io.switchhook.calllog.ReadResult;
import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.source.CallNote;
import io.switchhook.source.NoteText;
import io.switchhook.source.asterisk.mapping.OpenCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the records of one call say of it, as far as a mapping must know to go on with it. */
final class FoldOpenCall {
  private final CallId call;
  private final List<String> linkedIds = new ArrayList<>();
  private final Map<String, OpenCall.Leg> legs = new LinkedHashMap<>();
  private String source = "";
  private @Nullable CallType type;
  private @Nullable Instant bornAt;
  private @Nullable InCallLog lastLog;
  private boolean isFinal;
  private boolean isConnected;
  private boolean isOver;

  FoldOpenCall(CallId call) {
    this.call = call;
  }

  /** True for a note after which its call needs nobody any more. */
  static boolean isOver(Bytes note) {
    return NoteText.read(note)
        .filter(it -> it instanceof CallNote.Ended || it instanceof CallNote.Joined)
        .isPresent();
  }

  /** Goes one record on. */
  void add(JournalRecord record) {
    switch (record.kind()) {
      case IN_CALL -> log(record).ifPresent(this::add);
      case NOTE -> NoteText.read(record.body()).ifPresent(this::add);
      case AFTER_CALL -> isOver = true;
      case DISPOSITION -> {}
    }
  }

  private static Optional<InCallLog> log(JournalRecord record) {
    return CallLogReader.read(record.body().array()) instanceof ReadResult.Read(var log)
            && log.kind() == LogKind.IN_CALL
        ? Optional.of(InCallLog.of(log))
        : Optional.empty();
  }

  private void add(InCallLog log) {
    lastLog = log;
    isFinal |= log.callState().isFinal();
    isConnected |= log.callState() == CallState.USER_ANSWERED;
  }

  private void add(CallNote note) {
    switch (note) {
      case CallNote.Began(var name, var kind, var linkedId, var at) -> {
        source = name;
        type = kind;
        linkedIds.add(linkedId);
        bornAt = at;
      }
      case CallNote.Took(var linkedId) -> linkedIds.add(linkedId);
      case CallNote.Rung rung -> legs.put(rung.leg(), new OpenCall.Leg(rung, false));
      case CallNote.Answered(var leg, _) ->
          legs.computeIfPresent(leg, (_, known) -> new OpenCall.Leg(known.rung(), true));
      case CallNote.Gone(var leg, _, _) -> legs.remove(leg);
      case CallNote.Ended _, CallNote.Joined _ -> isOver = true;
      case CallNote.Transferred _,
          CallNote.Recorded _,
          CallNote.Belongs _,
          CallNote.Voicemail _ -> {}
    }
  }

  /** The call, when it is one of this source and not over. */
  Optional<OpenCall> open(String ofSource) {
    if (isOver || !source.equals(ofSource) || type == null || bornAt == null || lastLog == null) {
      return Optional.empty();
    }
    return Optional.of(
        new OpenCall(call, type, linkedIds, bornAt, lastLog, isFinal, isConnected, legs));
  }

  /** The calls of a source that these records leave open, in the order of their first records. */
  static List<OpenCall> all(List<JournalRecord> records, String source) {
    var folds = new LinkedHashMap<CallId, FoldOpenCall>();
    for (var record : records) {
      folds.computeIfAbsent(record.call(), FoldOpenCall::new).add(record);
    }
    return folds.values().stream()
        .map(fold -> fold.open(source))
        .flatMap(Optional::stream)
        .toList();
  }
}
