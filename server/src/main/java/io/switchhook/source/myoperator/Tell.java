package io.switchhook.source.myoperator;

import io.switchhook.calllog.AfterCallLog;
import io.switchhook.calllog.LogKind;
import io.switchhook.calllog.v2.EventType;
import io.switchhook.event.Kind;
import io.switchhook.source.myoperator.Place.Phase;
import io.switchhook.source.myoperator.VendorEvent.OfEnvelope;
import io.switchhook.source.myoperator.VendorEvent.OfLog;
import java.util.Optional;

/** Decides what an event becomes, by its own generation and the one that receivers want. */
final class Tell {
  private Tell() {}

  /**
   * What an event becomes. A pure function.
   *
   * @param known the after-call log of the call, when one was told
   */
  static Telling of(
      VendorEvent event, CallMemory memory, TellAs tellAs, Optional<AfterCallLog> known) {
    return switch (event) {
      case OfLog log ->
          switch (tellAs) {
            case V1 -> asItCame(log, memory);
            case V2 -> TellV1AsV2.tell(log, memory);
          };
      case OfEnvelope envelope ->
          switch (tellAs) {
            case V1 -> TellV2AsV1.tell(envelope, memory, known);
            case V2 -> asItCame(envelope, memory);
          };
    };
  }

  /** True when {@link #of} makes use of the call's after-call log. */
  static boolean wantsAfterCallLog(VendorEvent event, TellAs tellAs) {
    return tellAs == TellAs.V1
        && event instanceof OfEnvelope envelope
        && envelope.envelope().type().equals(Optional.of(EventType.DISPOSITION));
  }

  private static Telling asItCame(OfLog event, CallMemory before) {
    var memory = before.and(event);
    var kind =
        switch (event.log().kind()) {
          case IN_CALL -> Kind.IN_CALL;
          case AFTER_CALL -> Kind.AFTER_CALL;
          case DISPOSITION -> Kind.DISPOSITION;
        };
    return Telling.of(
        new Made(kind, 0, event.happenedAt(), event.identity(), event.log().json()),
        event.log().kind() == LogKind.IN_CALL
            ? memory.toldInCall(event.place().phase() == Phase.END)
            : memory.toldOther());
  }

  private static Telling asItCame(OfEnvelope event, CallMemory before) {
    var envelope = event.envelope();
    var memory = before.withFacts(before.facts().and(envelope)).and(event);
    var kind =
        switch (envelope.type().orElse(null)) {
          case INITIATED, IVR_STARTED, DIAL_BEGIN, ANSWERED, END -> Kind.IN_CALL;
          case SUMMARY -> Kind.AFTER_CALL;
          case DISPOSITION -> Kind.DISPOSITION;
          case null -> Kind.IN_CALL;
        };
    return Telling.of(
        new Made(kind, 0, event.sentAt(), event.identity(), event.json()),
        kind == Kind.IN_CALL
            ? memory.toldInCall(event.place().phase() == Phase.END)
            : memory.toldOther());
  }
}
