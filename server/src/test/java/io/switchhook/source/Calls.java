package io.switchhook.source;

import io.switchhook.calllog.CallState;
import io.switchhook.calllog.InCallLog;
import io.switchhook.calllog.LogTime;
import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.NewRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Builds the in-call logs of one call: {@code Calls.of("c1").state(0, 1).state(2, 5, "91…")}. */
final class Calls {
  static final CompanyId COMPANY = new CompanyId("5cd40f6554442586");
  static final Instant START = Instant.parse("2026-11-22T10:35:14Z");

  private final CallId call;
  private final List<NewRecord> records = new ArrayList<>();
  private String raw = "919711636496";
  private String formatted = "9711636496";
  private String event = "1";

  private Calls(CallId call) {
    this.call = call;
  }

  static Calls of(String uid) {
    return new Calls(new CallId(COMPANY, uid));
  }

  Calls from(String clidRaw, String clid) {
    raw = clidRaw;
    formatted = clid;
    return this;
  }

  Calls outgoing() {
    event = "2";
    return this;
  }

  /** The call goes on to a state, so many seconds after its start. */
  Calls state(int second, int state, String... users) {
    var at = START.plusSeconds(second);
    var log =
        new InCallLog(
            "log" + records.size(),
            call.uid(),
            null,
            COMPANY.hex(),
            raw,
            formatted,
            "9000000001",
            CallState.ofNumber(state).orElseThrow(),
            event,
            null,
            List.of(users),
            LogTime.format(at),
            LogTime.format(START),
            null,
            null,
            null);
    return log(at, log.toJson());
  }

  /** The call has any log. */
  Calls log(Instant at, String json) {
    return record(Kind.IN_CALL, 0, at, json);
  }

  /** The call has any record. */
  Calls record(Kind kind, int flags, Instant at, String body) {
    var identity = Identity.ofName(records.size() + body);
    records.add(new NewRecord(call, kind, flags, at, identity, Bytes.utf8(body)));
    return this;
  }

  CallId call() {
    return call;
  }

  List<NewRecord> toAppend() {
    return List.copyOf(records);
  }

  /** As the journal would keep them. */
  List<JournalRecord> kept() {
    var kept = new ArrayList<JournalRecord>();
    for (var record : records) {
      kept.add(
          new JournalRecord(
              0,
              kept.size(),
              record.call(),
              record.kind(),
              record.flags(),
              record.happenedAt(),
              record.happenedAt(),
              record.identity(),
              kept.size() + 1,
              record.body()));
    }
    return kept;
  }
}
