package io.switchhook.source.asterisk.mapping;

import io.switchhook.calllog.CallLog;
import io.switchhook.calllog.CallLogReader;
import io.switchhook.calllog.CallState;
import io.switchhook.calllog.InCallLog;
import io.switchhook.calllog.LogKind;
import io.switchhook.calllog.ReadResult;
import io.switchhook.event.CallId;
import io.switchhook.event.Kind;
import io.switchhook.journal.JournalRecord;
import io.switchhook.source.CallNote;
import io.switchhook.source.NoteText;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Folds records of calls into those that go on: what a new process must know of the calls that the
 * one before it was telling.
 */
public final class OpenCalls {
  private OpenCalls() {}

  /**
   * The calls of these records (those of a call in their order) that are this source's and have no
   * end, in the order of their first records; a call whose records are no notes is none of ours.
   */
  public static List<OpenCall> of(String source, List<JournalRecord> records) {
    var folds = new LinkedHashMap<CallId, Fold>();
    for (var record : records) {
      folds.computeIfAbsent(record.call(), _ -> new Fold()).add(record);
    }
    return folds.values().stream()
        .map(fold -> fold.open(source))
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * True when nothing more will be told of the record's call. A call that was joined with another
   * one has an end of its own: without it a crash came between, and it is still to be ended.
   */
  public static boolean isEnd(JournalRecord record) {
    return switch (record.kind()) {
      case AFTER_CALL -> true;
      case NOTE -> NoteText.endDelay(record.body()).isPresent();
      case IN_CALL, DISPOSITION -> false;
    };
  }

  private static final class Fold {
    private final Set<String> linkedIds = new LinkedHashSet<>();
    private final Map<String, OpenCall.Leg> legs = new LinkedHashMap<>();
    private CallNote.@Nullable Began began;
    private @Nullable JournalRecord newest;
    private @Nullable InCallLog lastLog;
    private boolean isFinal;
    private boolean isConnected;
    private boolean isEnded;

    void add(JournalRecord record) {
      newest = record;
      isEnded |= isEnd(record);
      if (record.kind() == Kind.NOTE) {
        NoteText.read(record.body()).ifPresent(this::add);
      } else if (record.kind() == Kind.IN_CALL
          && CallLogReader.read(record.body().array()) instanceof ReadResult.Read(CallLog log)
          && log.kind() == LogKind.IN_CALL) {
        var read = InCallLog.of(log);
        lastLog = read;
        isFinal |= read.callState().isFinal();
        isConnected |= read.callState() == CallState.USER_ANSWERED;
      }
    }

    Optional<OpenCall> open(String source) {
      if (began == null || lastLog == null || newest == null || isEnded) {
        return Optional.empty();
      }
      if (!began.source().equals(source)) {
        return Optional.empty();
      }
      return Optional.of(
          new OpenCall(
              newest.call(),
              began.type(),
              List.copyOf(linkedIds),
              began.at(),
              lastLog,
              isFinal,
              isConnected,
              legs));
    }

    private void add(CallNote note) {
      switch (note) {
        case CallNote.Began it -> {
          began = it;
          linkedIds.add(it.linkedId());
        }
        case CallNote.Took(var linkedId) -> linkedIds.add(linkedId);
        case CallNote.Rung it -> legs.put(it.leg(), new OpenCall.Leg(it, false));
        case CallNote.Answered(var leg, _) ->
            legs.computeIfPresent(leg, (_, rung) -> new OpenCall.Leg(rung.rung(), true));
        case CallNote.Gone(var leg, _, _) -> legs.remove(leg);
        case CallNote.Transferred _,
            CallNote.Joined _,
            CallNote.Ended _,
            CallNote.Recorded _,
            CallNote.Belongs _,
            CallNote.Voicemail _ -> {}
      }
    }
  }
}
