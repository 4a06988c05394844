package io.switchhook.calllog;

import io.switchhook.calllog.JsonValue.Fields;
import io.switchhook.calllog.v2.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads the JSON object of a v2 event: takes all of it or says why not. Lenient in the small
 * (numbers may be texts, what is absent is empty), strict about what nobody can do without: what
 * happened and to which call. May be used from any thread.
 */
public final class EnvelopeReader {
  private EnvelopeReader() {}

  /** What came of reading. */
  public sealed interface Result {}

  /**
   * A whole event.
   *
   * @param json the text that it was read from, without white space around it
   */
  public record Read(Envelope envelope, String json) implements Result {}

  /** No event, and why; nothing of it may be used. */
  public record Refused(ReadResult.Malformed reason) implements Result {}

  /** Reads UTF-8 bytes that are one event, white space around it allowed. */
  public static Result read(byte[] utf8) {
    return switch (Utf8.decode(utf8)) {
      case Utf8.Decoded(var text) -> read(text);
      case Utf8.Broken(var malformed) -> new Refused(malformed);
    };
  }

  /** Reads text that is one event, white space around it allowed. */
  public static Result read(String text) {
    var start = 0;
    while (start < text.length() && isSpace(text.charAt(start))) {
      start++;
    }
    var json = text.substring(start).stripTrailing();
    try {
      return new Read(envelopeOf(json), json);
    } catch (MalformedException e) {
      return new Refused(e.in(text, start));
    }
  }

  /**
   * The event as something whose fields can be asked for by their dotted paths, such as {@code
   * payload.legs.0.result}; empty when it is none. Only its fields: it has not those of a call log.
   */
  public static Optional<CallLog> fields(byte[] utf8) {
    if (!(read(utf8) instanceof Read(var envelope, var json))) {
      return Optional.empty();
    }
    var kind =
        switch (envelope.type().orElse(null)) {
          case SUMMARY -> LogKind.AFTER_CALL;
          case DISPOSITION -> LogKind.DISPOSITION;
          case INITIATED, IVR_STARTED, DIAL_BEGIN, ANSWERED, END -> LogKind.IN_CALL;
          case null -> LogKind.IN_CALL;
        };
    try {
      return Optional.of(new CallLog(json, JsonTree.parse(json), kind, envelope.sessionId()));
    } catch (MalformedException _) {
      return Optional.empty();
    }
  }

  private static Envelope envelopeOf(String json) throws MalformedException {
    if (json.length() > CallLogReader.SIZE_BYTES_MAX / 3
        && json.getBytes(StandardCharsets.UTF_8).length > CallLogReader.SIZE_BYTES_MAX) {
      throw new MalformedException(
          0,
          "",
          "an event of more than " + CallLogReader.SIZE_BYTES_MAX + " bytes",
          "at most " + CallLogReader.SIZE_BYTES_MAX + " bytes (256 KiB)");
    }
    var root = JsonTree.parse(json);
    var type = new FieldReader(root).text("event_type");
    if (type.isBlank()) {
      throw fault(
          root.values().getOrDefault("event_type", root),
          "event_type",
          "event_type is missing",
          "what happened, such as call.initiated");
    }
    if (!(root.values().get("payload") instanceof Fields)) {
      throw fault(
          root.values().getOrDefault("payload", root),
          "payload",
          "payload is no object",
          "an object with the call");
    }
    var envelope = ReadEnvelope.of(new FieldReader(root));
    if (isOfCall(envelope)) {
      checkSession(root, envelope.sessionId());
    }
    return envelope;
  }

  private static boolean isOfCall(Envelope envelope) {
    return envelope.type().isPresent() || envelope.channel().equalsIgnoreCase("call");
  }

  private static void checkSession(Fields root, String sessionId) throws MalformedException {
    if (sessionId.isBlank() || sessionId.length() > LogChecks.UID_LENGTH_MAX) {
      throw fault(
          root.values().getOrDefault("session_id", root),
          "session_id",
          sessionId.isBlank()
              ? "session_id is missing"
              : "a session_id of " + sessionId.length() + " characters",
          "the call's uid, 1 to " + LogChecks.UID_LENGTH_MAX + " characters");
    }
  }

  private static MalformedException fault(
      JsonValue at, String field, String problem, String expected) {
    return new MalformedException(at.offset(), field, problem, expected);
  }

  private static boolean isSpace(char c) {
    return " \t\r\n\uFEFF".indexOf(c) >= 0;
  }
}
