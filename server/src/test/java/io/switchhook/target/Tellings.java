package io.switchhook.target;

import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.journal.JournalRecord;
import io.switchhook.target.Telling.Mark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Events on their way, for tests. */
public final class Tellings {
  /** When the events of these tests are told. */
  public static final Instant NOW = Instant.parse("2026-07-01T10:00:00Z");

  private Tellings() {}

  /** The vendor's own in-call sample, byte for byte, as the third event of its call. */
  public static Telling ofSample() {
    return of(sample());
  }

  /** The vendor's own in-call sample. */
  public static Bytes sample() {
    try (var in = Tellings.class.getResourceAsStream("in-call.json")) {
      if (in == null) {
        throw new IllegalStateException("in-call.json is missing");
      }
      return Bytes.wrap(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** This call log as the third event of its call. */
  public static Telling of(Bytes body) {
    var call = new CallId(new CompanyId("5cd40f6554442586"), "n2.1596270949.2175190");
    var event =
        new JournalRecord(
            7, 41, call, Kind.IN_CALL, 0, NOW, NOW, Identity.ofContent(body.array()), 3, body);
    return new Telling(event, 2, 0, 1, Mark.LIVE);
  }
}
