package io.switchhook.testkit.history;

import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.WebhookId;
import io.switchhook.history.AttemptRow;
import io.switchhook.history.CallFacts;
import io.switchhook.history.Change;
import io.switchhook.history.EventRef;
import io.switchhook.journal.JournalRecord;
import io.switchhook.webhook.RequestShape.Header;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events and what happens to them, with one obvious default. */
final class Events {
  static final CompanyId COMPANY = new CompanyId("5cd40f6554442586");
  static final CompanyId OTHER_COMPANY = new CompanyId("0000000000000001");
  static final WebhookId CRM = new WebhookId("wh_crm");
  static final WebhookId BILLING = new WebhookId("wh_billing");
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private Events() {}

  static EventRef event(String uid, int sequence, Instant acceptedAt) {
    return event(new CallId(COMPANY, uid), sequence, acceptedAt);
  }

  static EventRef event(CallId call, int sequence, Instant acceptedAt) {
    // Offsets that grow with time, as a journal's do; calls that share a moment differ.
    var moment = acceptedAt.toEpochMilli() - NOON.minus(Duration.ofDays(30)).toEpochMilli();
    var offset = moment * 1_000 + Integer.parseInt(call.uid().replaceAll("\\D", ""));
    return new EventRef(
        call,
        7,
        offset,
        sequence,
        Kind.IN_CALL,
        acceptedAt,
        Identity.ofName(call + "/" + sequence));
  }

  static JournalRecord record(String uid, int sequence, long offset) {
    return new JournalRecord(
        7,
        offset,
        new CallId(COMPANY, uid),
        Kind.IN_CALL,
        0,
        NOON.plusMillis(offset),
        NOON.plusMillis(offset),
        Identity.ofName(uid + "/" + sequence),
        sequence,
        log(uid, sequence));
  }

  private static Bytes log(String uid, int sequence) {
    return Bytes.utf8(
        """
        {"id":"6b02c5624cf227ea","uid":"%s","clid_raw":"919711636496","clid":"9711636496","call_state":"%d","event":"1"}\
        """
            .formatted(uid, sequence));
  }

  static Change.Heard heard(EventRef event, int state) {
    return heard(event, facts(state, "9711636496", "919711636496"));
  }

  static Change.Heard heard(EventRef event, CallFacts facts) {
    return new Change.Heard(event, facts);
  }

  static CallFacts facts(int state, @Nullable String clid, @Nullable String clidRaw) {
    return new CallFacts(
        state, 1, null, clid, clidRaw, "9000000001", List.of("918586848501"), List.of());
  }

  static Change.Attempted failed(EventRef event, WebhookId webhook, int number) {
    var attempt = attempt(event, number, 503, event.acceptedAt().plusSeconds(number * 10L));
    return new Change.Attempted(
        event,
        webhook,
        /* delivered= */ false,
        attempt.startedAt().plus(attempt.took()),
        attempt.nextAttemptAt(),
        attempt);
  }

  static Change.Attempted delivered(EventRef event, WebhookId webhook, int number) {
    var attempt = attempt(event, number, 204, null);
    return new Change.Attempted(
        event,
        webhook,
        /* delivered= */ true,
        attempt.startedAt().plus(attempt.took()),
        null,
        attempt);
  }

  static AttemptRow attempt(EventRef event, int number, int status, @Nullable Instant next) {
    return new AttemptRow(
        number,
        event.acceptedAt().plusSeconds(number),
        Duration.ofMillis(12),
        status,
        "answered " + status,
        List.of(new Header("Content-Type", "text/plain"), new Header("X-Empty", "")),
        Bytes.utf8("answer " + number),
        /* answerCut= */ false,
        next,
        /* replay= */ number % 2 == 0);
  }
}
