package io.switchhook.source;

import io.switchhook.calllog.AfterCallLog.Department;
import io.switchhook.calllog.AfterCallLog.Recording;
import io.switchhook.calllog.AfterCallLog.User;
import io.switchhook.calllog.CallLog;
import io.switchhook.calllog.CallLogReader;
import io.switchhook.calllog.CallState;
import io.switchhook.calllog.CallStatus;
import io.switchhook.calllog.CallType;
import io.switchhook.calllog.Direction;
import io.switchhook.calllog.InCallLog;
import io.switchhook.calllog.LogKind;
import io.switchhook.calllog.ReadResult;
import io.switchhook.event.CallId;
import io.switchhook.journal.Flag;
import io.switchhook.journal.JournalRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the records of one call say, taken one after the other in their order. */
final class CallFold {
  private static final int TEXT_LENGTH_MAX = 200;
  private static final String ANONYMOUS = "anonymous";

  private final CallId call;
  private final CallLegs legs = new CallLegs();
  private final NotedLegs notedLegs = new NotedLegs();
  private final Set<CallState> states = EnumSet.noneOf(CallState.class);
  private boolean hasAfterCallLog;
  private boolean reconstructed;
  private @Nullable Instant startedAt;
  private @Nullable Instant lastAt;
  private boolean ended;
  private boolean isNoted;
  private boolean isVoicemail;
  private @Nullable CallType notedType;
  private @Nullable String survivorUid;
  private Department department = new Department("", "");
  private Recording recording = new Recording("", "");
  private @Nullable CallStatus status;
  private @Nullable Direction direction;
  private @Nullable String companyId;
  private @Nullable String clidRaw;
  private @Nullable String clid;
  private @Nullable String rdnis;
  private @Nullable String referenceId;
  private @Nullable String jobId;
  private @Nullable String publicIvrId;
  private @Nullable String clientRefId;

  CallFold(CallId call) {
    this.call = call;
  }

  /**
   * Goes one record on. Logs that come after the call's end are not looked at; notes are, because a
   * recording is known late.
   */
  void add(JournalRecord record) {
    switch (record.kind()) {
      case AFTER_CALL -> hasAfterCallLog = true;
      case NOTE -> {
        reconstructed |= Flag.RECONSTRUCTED.isIn(record.flags());
        NoteText.read(record.body()).ifPresent(this::add);
      }
      case IN_CALL -> {
        if (!ended) {
          reconstructed |= Flag.RECONSTRUCTED.isIn(record.flags());
          isNoted |= Flag.NOTED.isIn(record.flags());
          inCallLog(record).ifPresent(log -> add(log, record.happenedAt()));
        }
      }
      case DISPOSITION -> {}
    }
  }

  /**
   * How long after this record the after-call log of its call is due; empty when the record does
   * not end its call. A call with notes is ended by one of them, any other by a final state.
   */
  static Optional<Duration> endDelay(JournalRecord record) {
    return switch (record.kind()) {
      case NOTE -> NoteText.endDelay(record.body());
      case IN_CALL -> isFinal(record) ? Optional.of(Duration.ZERO) : Optional.empty();
      case AFTER_CALL, DISPOSITION -> Optional.empty();
    };
  }

  private static boolean isFinal(JournalRecord record) {
    return !Flag.NOTED.isIn(record.flags())
        && inCallLog(record).map(log -> log.callState().isFinal()).orElse(false);
  }

  private void add(CallNote note) {
    switch (note) {
      case CallNote.Began(_, var type, _, var at) -> {
        notedType = type;
        startedAt = at;
      }
      case CallNote.Joined(var survivor) -> survivorUid = survivor;
      case CallNote.Recorded(var file, var url) -> recording = new Recording(file, url);
      case CallNote.Belongs(var id, var name) -> department = new Department(name, id);
      case CallNote.Voicemail() -> isVoicemail = true;
      case CallNote.Ended(var endStatus, var at, _) -> {
        if (!ended) {
          ended = true;
          status = endStatus;
          lastAt = lastAt != null && at.isBefore(lastAt) ? lastAt : at;
        }
      }
      case CallNote.Rung _,
          CallNote.Answered _,
          CallNote.Transferred _,
          CallNote.Gone _,
          CallNote.Took _ ->
          notedLegs.add(note);
    }
  }

  /** What the call came to; empty while it goes on, or when it has an after-call log already. */
  Optional<EndedCall> ended() {
    if (!ended || hasAfterCallLog || startedAt == null || lastAt == null) {
      return Optional.empty();
    }
    var caller = TelephoneNumber.of(clidRaw, clid);
    var isAnonymous = ANONYMOUS.equals(clidRaw) || ANONYMOUS.equals(clid);
    return Optional.of(
        new EndedCall(
            call,
            companyId == null ? call.company().hex() : companyId,
            caller,
            isAnonymous,
            rdnis == null || rdnis.equals("unknown") ? "" : rdnis,
            startedAt,
            lastAt,
            directionOrGuess(),
            type(),
            statusOrGuess(),
            endedLegs(lastAt),
            department,
            recording,
            new EndedCall.References(
                orEmpty(referenceId), orEmpty(jobId), orEmpty(publicIvrId), orEmpty(clientRefId)),
            reconstructed));
  }

  /** Notes know more of legs than states do. A call that lives on as another one says as which. */
  private List<EndedLeg> endedLegs(Instant endedAt) {
    if (!isNoted) {
      return legs.all().stream().map(Rung::ended).toList();
    }
    var noted = notedLegs.ended(type(), endedAt);
    if (survivorUid == null) {
      return noted;
    }
    var handedOver = new ArrayList<>(noted);
    // Also a call in which nobody was rung yet must say where it went on.
    var last = noted.isEmpty() ? unrung(endedAt) : handedOver.removeLast();
    handedOver.add(last.handedTo(List.of(new User(survivorUid, "", "", "", "", ""))));
    return handedOver;
  }

  /** The customer waited, answered by the phone system itself if by anybody, and was taken away. */
  private EndedLeg unrung(Instant endedAt) {
    var from = Objects.requireNonNull(startedAt);
    return new EndedLeg(
        List.of(), from, DialStatus.ANSWER, true, false, endedAt, endedAt, List.of());
  }

  private void add(InCallLog log, Instant happenedAt) {
    var at = log.createdAt().orElse(happenedAt);
    // Phone systems' clocks are set now and then; within a call time does not go back.
    at = lastAt != null && at.isBefore(lastAt) ? lastAt : at;
    lastAt = at;
    if (startedAt == null) {
      var from = at;
      startedAt = log.calledAt().filter(called -> called.isBefore(from)).orElse(at);
    }
    states.add(log.callState());
    legs.hear(log.callState(), log.users().stream().map(CallFold::clip).toList(), at);
    direction = log.direction().orElse(direction);
    companyId = newest(log.companyId(), companyId);
    clidRaw = newest(log.clidRaw(), clidRaw);
    clid = newest(log.clid(), clid);
    rdnis = newest(log.rdnis(), rdnis);
    referenceId = newest(log.referenceId(), referenceId);
    jobId = newest(log.jobId(), jobId);
    publicIvrId = newest(log.publicIvrId(), publicIvrId);
    clientRefId = newest(log.clientRefId(), clientRefId);
    if (log.callState().isFinal()) {
      ended = !isNoted;
      status = log.callStatus().orElse(null);
    }
  }

  private CallType type() {
    if (notedType != null) {
      return notedType;
    }
    if (states.contains(CallState.INITIATED_BY_USER)
        || states.contains(CallState.CLIENT_REJECTED)
        || states.contains(CallState.NO_USER_PICKED)) {
      return CallType.CLICK_TO_CALL;
    }
    var isObd = states.contains(CallState.FIRST_PARTY_NO_ANSWER) || direction == Direction.OUTGOING;
    return isObd ? CallType.OBD : CallType.INCOMING;
  }

  private Direction directionOrGuess() {
    if (direction != null) {
      return direction;
    }
    return type() == CallType.INCOMING ? Direction.INCOMING : Direction.OUTGOING;
  }

  private CallStatus statusOrGuess() {
    if (isVoicemail && status == CallStatus.MISSED) {
      return CallStatus.VOICEMAIL;
    }
    if (status != null) {
      return status;
    }
    return legs.wasAnswered() ? CallStatus.CONNECTED : CallStatus.MISSED;
  }

  private static Optional<InCallLog> inCallLog(JournalRecord record) {
    return switch (CallLogReader.read(record.body().array())) {
      case ReadResult.Read(CallLog log) when log.kind() == LogKind.IN_CALL ->
          Optional.of(InCallLog.of(log));
      // The doors let nothing else in as an in-call log; a record that is none says nothing here.
      case ReadResult.Read _, ReadResult.Malformed _ -> Optional.empty();
    };
  }

  private static @Nullable String newest(@Nullable String heard, @Nullable String before) {
    return heard == null || heard.isEmpty() ? before : clip(heard);
  }

  private static String clip(String text) {
    return text.length() <= TEXT_LENGTH_MAX ? text : text.substring(0, TEXT_LENGTH_MAX);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
