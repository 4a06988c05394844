package io.switchhook.source.myoperator;

import io.switchhook.calllog.CallLog;
import io.switchhook.calllog.LogKind;
import io.switchhook.calllog.v2.Envelope;
import io.switchhook.event.Identity;
import io.switchhook.source.myoperator.Place.Phase;
import io.switchhook.source.myoperator.Place.Step;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** What one request of the vendor told. */
sealed interface VendorEvent {
  /** The call that it is of. */
  String uid();

  /** What makes it the same as another: the vendor's event id, or the log's content. */
  Identity identity();

  /** Where it belongs among the events of its call. */
  Place place();

  /**
   * A call log of the first generation.
   *
   * @param receivedAt counts where the log does not say when it was made
   * @param identity of what came, before anything was filled in
   */
  record OfLog(CallLog log, Identity identity, Instant receivedAt) implements VendorEvent {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

    @Override
    public String uid() {
      return log.uid();
    }

    @Override
    public Place place() {
      var at = happenedAt();
      return new Place(phase(), at.getEpochSecond(), 0, step(), at.toEpochMilli());
    }

    /** When the log says that it was made; when it came in, if it does not say. */
    Instant happenedAt() {
      return log.text("created")
          .flatMap(io.switchhook.calllog.LogTime::parse)
          .or(() -> log.text("_et").flatMap(OfLog::seconds))
          .orElse(receivedAt);
    }

    /** The {@code call_state} of an in-call log; empty for the others. */
    String state() {
      return log.kind() == LogKind.IN_CALL ? log.text("call_state").orElse("").strip() : "";
    }

    private Phase phase() {
      return switch (log.kind()) {
        case AFTER_CALL -> Phase.RECORD;
        case DISPOSITION -> Phase.TAGGED;
        case IN_CALL ->
            switch (state()) {
              case "1", "3" -> Phase.BEGINNING;
              case "2", "4", "7", "9" -> Phase.END;
              default -> Phase.MIDDLE;
            };
      };
    }

    private Step step() {
      return switch (state()) {
        case "5" -> Step.RINGING;
        case "6" -> Step.ANSWERED;
        default -> Step.OTHER;
      };
    }

    private static Optional<Instant> seconds(String text) {
      return SECONDS.matcher(text).matches()
          ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text)))
          : Optional.empty();
    }
  }

  /**
   * An event of the second generation.
   *
   * @param json as it came
   */
  record OfEnvelope(Envelope envelope, String json, Identity identity, Instant receivedAt)
      implements VendorEvent {
    @Override
    public String uid() {
      return envelope.sessionId();
    }

    @Override
    public Place place() {
      var sequence = sequence();
      return new Place(
          phase(),
          sequence == 0 ? Long.MAX_VALUE : sequence,
          sequence,
          step(),
          sentAt().toEpochMilli());
    }

    /** The vendor's number of it, 1, 2 …; 0 when it has none. */
    int sequence() {
      var sequence = envelope.eventSequence();
      return sequence == null ? 0 : Math.max(0, sequence);
    }

    /** When the vendor sent it, which may be long after it happened; else when it came in. */
    Instant sentAt() {
      return Objects.requireNonNullElse(envelope.timestamp(), receivedAt);
    }

    private Phase phase() {
      return switch (envelope.type().orElse(null)) {
        case INITIATED -> Phase.BEGINNING;
        case IVR_STARTED, DIAL_BEGIN, ANSWERED -> Phase.MIDDLE;
        case END -> Phase.END;
        case SUMMARY -> Phase.RECORD;
        case DISPOSITION -> Phase.TAGGED;
        case null -> Phase.MIDDLE;
      };
    }

    private Step step() {
      return switch (envelope.type().orElse(null)) {
        case DIAL_BEGIN -> Step.RINGING;
        case ANSWERED -> Step.ANSWERED;
        case INITIATED, IVR_STARTED, END, SUMMARY, DISPOSITION -> Step.OTHER;
        case null -> Step.OTHER;
      };
    }
  }
}
