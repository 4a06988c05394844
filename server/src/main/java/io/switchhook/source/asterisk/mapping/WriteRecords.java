package io.switchhook.source.asterisk.mapping;

import io.switchhook.calllog.CallState;
import io.switchhook.calllog.Direction;
import io.switchhook.calllog.InCallLog;
import io.switchhook.calllog.LogTime;
import io.switchhook.event.Bytes;
import io.switchhook.event.Identity;
import io.switchhook.event.Invariant;
import io.switchhook.event.Kind;
import io.switchhook.journal.Flag;
import io.switchhook.journal.NewRecord;
import io.switchhook.source.CallNote;
import io.switchhook.source.NoteText;
import io.switchhook.source.asterisk.AsteriskUser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes what is told of calls and kept about them, in the order in which it is decided. */
final class WriteRecords {
  /** Notes that wait for a call's first log; a call of which nothing is told keeps no more. */
  private static final int NOTES_BEFORE_MAX = 100;

  private List<Output> outputs = new ArrayList<>();
  private WhoIsWho who;

  WriteRecords(WhoIsWho who) {
    this.who = who;
  }

  void change(WhoIsWho changed) {
    who = changed;
  }

  /** What was written since the last time. */
  List<Output> take() {
    var taken = List.copyOf(outputs);
    outputs = new ArrayList<>();
    return taken;
  }

  /** A request of ours is a call now. */
  void began(Call call) {
    var request = call.request;
    if (request != null) {
      outputs.add(new Output.Began(request, call.id));
    }
  }

  /**
   * Tells a state of a call.
   *
   * @param key what tells this event apart from others of its call
   */
  void tell(Call call, Told told, String key, Moment moment) {
    Invariant.check(call.goesOn(), "nothing is told of a call that is not told, or is over");
    var isFirst = !call.isTold();
    var toldAt = isFirst ? moment.happenedAt() : Objects.requireNonNull(call.toldAt);
    call.toldAt = toldAt;
    call.isFinal = told.state().isFinal();
    var identity = Identity.ofName("asterisk log\n" + key);
    var flags = Flag.NOTED.bit() | (moment.isReconstructed() ? Flag.RECONSTRUCTED.bit() : 0);
    var log = log(call, told, identity, moment.happenedAt());
    outputs.add(
        new Output.Append(
            new NewRecord(
                call.id,
                Kind.IN_CALL,
                flags,
                moment.happenedAt(),
                identity,
                Bytes.utf8(log.toJson()))));
    if (isFirst) {
      note(call, began(call, call.bornAt), moment);
      var before = List.copyOf(call.notesBefore);
      call.notesBefore.clear();
      before.forEach(note -> note(call, note, moment));
    }
  }

  /** Keeps a note about a call: now, or when its first log is told. */
  void note(Call call, CallNote note, Moment moment) {
    if (!call.isTold()) {
      if (call.notesBefore.size() < NOTES_BEFORE_MAX) {
        call.notesBefore.add(note);
      }
      return;
    }
    var flags = moment.isReconstructed() ? Flag.RECONSTRUCTED.bit() : 0;
    outputs.add(
        new Output.Append(
            new NewRecord(
                call.id,
                Kind.NOTE,
                flags,
                moment.happenedAt(),
                Identity.ofName("asterisk note\n" + key(note)),
                NoteText.write(note))));
  }

  /** A state, and whom it names. */
  record Told(CallState state, List<AsteriskUser> users) {
    static Told of(CallState state) {
      return new Told(state, List.of());
    }

    static Told of(CallState state, @Nullable AsteriskUser user) {
      return new Told(state, user == null ? List.of() : List.of(user));
    }
  }

  /** A user as notes keep them. */
  CallNote.Person person(AsteriskUser user) {
    return new CallNote.Person(
        who.listed(user), user.id(), user.name(), user.email(), user.extension(), user.number());
  }

  private CallNote began(Call call, Instant bornAt) {
    return new CallNote.Began(
        who.settings().source(),
        Objects.requireNonNull(call.type),
        call.linkedIds.iterator().next(),
        bornAt);
  }

  private InCallLog log(Call call, Told told, Identity identity, Instant at) {
    return new InCallLog(
        id(call, identity, at),
        call.id.uid(),
        call.referenceId,
        call.id.company().hex(),
        call.clidRaw,
        call.clid,
        call.rdnis,
        told.state(),
        String.valueOf(direction(call).number()),
        told.state().isFinal() ? String.valueOf(call.status().number()) : null,
        told.users().stream().map(who::listed).distinct().toList(),
        LogTime.format(at),
        LogTime.format(Objects.requireNonNull(call.toldAt)),
        call.publicIvrId,
        call.clientRefId,
        null);
  }

  /** As the vendor's: the first eight digits are the second in which the log was made. */
  private static String id(Call call, Identity identity, Instant at) {
    var rest = Identity.ofName(call.id + "\n" + identity.high() + "\n" + identity.low()).high();
    return String.format(Locale.ROOT, "%08x%08x", (int) at.getEpochSecond(), (int) rest);
  }

  private static Direction direction(Call call) {
    return switch (Objects.requireNonNull(call.type)) {
      case INCOMING -> Direction.INCOMING;
      case OBD, CLICK_TO_CALL -> Direction.OUTGOING;
    };
  }

  private static String key(CallNote note) {
    return switch (note) {
      case CallNote.Began _ -> "began";
      case CallNote.Took(var linkedId) -> "took\n" + linkedId;
      case CallNote.Rung(var leg, _, _) -> "rung\n" + leg;
      case CallNote.Answered(var leg, _) -> "answered\n" + leg;
      case CallNote.Transferred(var leg, _) -> "transferred\n" + leg;
      case CallNote.Gone(var leg, _, _) -> "gone\n" + leg;
      case CallNote.Joined _ -> "joined";
      case CallNote.Recorded(var file, _) -> "recorded\n" + file;
      case CallNote.Belongs(var department, _) -> "belongs\n" + department;
      case CallNote.Voicemail() -> "voicemail";
      case CallNote.Ended _ -> "ended";
    };
  }
}
