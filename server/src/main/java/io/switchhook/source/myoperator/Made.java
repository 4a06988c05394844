package io.switchhook.source.myoperator;

import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.journal.NewRecord;
import java.time.Instant;

/**
 * A record that an event of the vendor becomes.
 *
 * @param flags bits of {@link io.switchhook.journal.Flag}
 */
record Made(Kind kind, int flags, Instant happenedAt, Identity identity, String json) {
  NewRecord record(CompanyId company, String uid) {
    return new NewRecord(
        new CallId(company, uid), kind, flags, happenedAt, identity, Bytes.utf8(json));
  }

  /** Says what it is, not what is in it: it holds telephone numbers. */
  @Override
  public String toString() {
    return kind + " of " + json.length() + " characters";
  }
}
