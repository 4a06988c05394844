package io.switchhook.source.myoperator;

import io.switchhook.calllog.AfterCallLog;
import io.switchhook.calllog.CallLogReader;
import io.switchhook.calllog.DispositionLog;
import io.switchhook.calllog.EnvelopeWriter;
import io.switchhook.calllog.InCallLog;
import io.switchhook.calllog.v2.CallPayload;
import io.switchhook.calllog.v2.Envelope;
import io.switchhook.calllog.v2.EventType;
import io.switchhook.event.Bytes;
import io.switchhook.event.Kind;
import io.switchhook.source.myoperator.VendorEvent.OfLog;
import org.jspecify.annotations.Nullable;

/**
 * Tells call logs of the first generation as events of the second. Where each field comes from
 * stands in docs/myoperator.md. A pure function.
 */
final class TellV1AsV2 {
  private static final String EVENT_VERSION = "1";
  private static final String CHANNEL = "call";

  /** The second generation has no event for it; receivers answer what they do not know with 200. */
  private static final String UNDOCUMENTED = "call.state_8";

  private TellV1AsV2() {}

  static Telling tell(OfLog event, CallMemory before) {
    var memory = before.and(event);
    Integer sequence = before.told() + 1;
    return switch (event.log().kind()) {
      case IN_CALL -> {
        var log = InCallLog.of(event.log());
        var call = PayloadOfLog.ofInCall(log, event);
        yield Telling.of(
            made(Kind.IN_CALL, event, envelope(event, typeOf(log), sequence, call)),
            memory.toldInCall(log.callState().isFinal()));
      }
      case AFTER_CALL -> {
        var call = PayloadOfLog.ofAfterCall(AfterCallLog.of(event.log()), event);
        yield Telling.of(
            made(Kind.AFTER_CALL, event, envelope(event, EventType.SUMMARY.word(), sequence, call)),
            memory.toldOther());
      }
      case DISPOSITION -> {
        var call = PayloadOfLog.ofDisposition(DispositionLog.of(event.log()), event);
        yield Telling.of(
            made(
                Kind.DISPOSITION, event, envelope(event, EventType.DISPOSITION.word(), null, call)),
            memory.toldOther());
      }
    };
  }

  /** Without legs and comments where it would be too large to be read again. */
  private static Made made(Kind kind, OfLog event, Envelope envelope) {
    var json = EnvelopeWriter.toJson(envelope);
    if (Bytes.utf8(json).size() > CallLogReader.SIZE_BYTES_MAX) {
      var call = PayloadOfLog.withoutLists(envelope.call());
      json =
          EnvelopeWriter.toJson(
              envelope(event, envelope.eventType(), envelope.eventSequence(), call));
    }
    return new Made(kind, 0, event.happenedAt(), event.identity(), json);
  }

  private static String typeOf(InCallLog log) {
    return switch (log.callState()) {
      case INCOMING_ON_SERVER, INITIATED_BY_USER -> EventType.INITIATED.word();
      case DIALING_USERS -> EventType.DIAL_BEGIN.word();
      case USER_ANSWERED -> EventType.ANSWERED.word();
      case FINISHED, FIRST_PARTY_NO_ANSWER, CLIENT_REJECTED, NO_USER_PICKED -> EventType.END.word();
      case UNDOCUMENTED -> UNDOCUMENTED;
    };
  }

  private static Envelope envelope(
      OfLog event, String type, @Nullable Integer sequence, CallPayload call) {
    var log = event.log();
    return new Envelope(
        Ids.event(event.identity()),
        log.text("company_id").or(() -> log.text("_ci")).orElse(""),
        type,
        sequence,
        EVENT_VERSION,
        event.happenedAt(),
        CHANNEL,
        call.direction(),
        log.uid(),
        // The vendor leaves it out of summaries.
        type.equals(EventType.SUMMARY.word()) ? "" : call.did(),
        call.customerNumber(),
        call);
  }
}
