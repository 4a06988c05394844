package io.switchhook.source.myoperator;

import io.switchhook.calllog.CallLog;
import io.switchhook.calllog.CallLogReader;
import io.switchhook.calllog.LogTime;
import io.switchhook.calllog.ReadResult;
import io.switchhook.calllog.Undress;
import io.switchhook.calllog.Undressed;
import io.switchhook.calllog.WebRequest;
import io.switchhook.calllog.v2.Envelope;
import io.switchhook.event.CallId;
import io.switchhook.event.Identity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes of a request what it tells, whichever generation and dress it has. A pure function of the
 * request and the settings.
 */
final class DecodeRequest {
  private DecodeRequest() {}

  /** What came of decoding. */
  sealed interface Decoded {}

  /** Something that happened in a call. */
  record Told(VendorEvent event) implements Decoded {}

  /**
   * Nothing that would be told: somebody looks whether the address answers, or an event is of a
   * chat.
   */
  record Nothing() implements Decoded {}

  /** It cannot be read; with other settings, or a newer version, perhaps. */
  record Unread(String reason) implements Decoded {}

  /**
   * What a request tells.
   *
   * @param tellAs an event that nobody can be told in that generation counts as unread
   */
  static Decoded of(KeptRequest request, Map<String, String> fields, TellAs tellAs) {
    var web =
        new WebRequest(
            request.method(), request.rawQuery(), request.contentType(), request.body().array());
    return switch (Undress.of(web)) {
      case Undressed.WithLog(var log, _, _) -> told(log, request.receivedAt());
      case Undressed.WithEnvelope(var envelope, var json, _) ->
          ofEnvelope(envelope, json, request.receivedAt(), tellAs);
      case Undressed.ParametersOnly(var parameters) when parameters.isEmpty() -> new Nothing();
      case Undressed.ParametersOnly(var parameters) ->
          ofParameters(parameters, fields, request.receivedAt());
      case Undressed.Unreadable(var reason) -> new Unread(reason.sentence());
    };
  }

  private static Decoded ofEnvelope(
      Envelope envelope, String json, Instant receivedAt, TellAs tellAs) {
    if (isOfChat(envelope)) {
      return new Nothing();
    }
    var uid = envelope.sessionId();
    if (uid.isEmpty() || uid.length() > CallId.UID_LENGTH_MAX) {
      return new Unread(
          "a session_id of "
              + uid.length()
              + " characters; expected the call's uid, 1 to "
              + CallId.UID_LENGTH_MAX);
    }
    if (VendorEnvelope.hasImpossibleTime(envelope)) {
      return new Unread("a time outside the years 1970 to 9999; expected when it happened");
    }
    if (envelope.type().isEmpty() && tellAs == TellAs.V1) {
      return new Unread(
          "an event "
              + excerpt(envelope.eventType())
              + ", which call logs of the first generation have no word for; expected another"
              + " event, or tell-as: v2, which tells it as it came");
    }
    return new Told(
        new VendorEvent.OfEnvelope(envelope, json, identity(envelope, json), receivedAt));
  }

  /** The vendor sends the events of chats to the same address, when it is told to. */
  private static boolean isOfChat(Envelope envelope) {
    var type = envelope.eventType();
    return envelope.type().isEmpty()
        && !envelope.channel().equalsIgnoreCase("call")
        && (envelope.channel().equalsIgnoreCase("whatsapp")
            || type.startsWith("message.")
            || type.startsWith("conversation."));
  }

  private static Identity identity(Envelope envelope, String json) {
    return envelope.eventId().isEmpty()
        ? Identity.ofName("myoperator content\n" + json)
        : Identity.ofName("myoperator event\n" + envelope.eventId());
  }

  private static Told told(CallLog log, Instant receivedAt) {
    return new Told(
        new VendorEvent.OfLog(log, Identity.ofContent(log.canonicalContent()), receivedAt));
  }

  private static Decoded ofParameters(
      Map<String, String> parameters, Map<String, String> fields, Instant receivedAt) {
    var named = new LinkedHashMap<String, String>();
    parameters.forEach(
        (name, value) -> {
          var field = fields.getOrDefault(name, ParameterFields.isField(name) ? name : "");
          if (!field.isEmpty()) {
            named.put(field, value);
          }
        });
    if (named.isEmpty()) {
      return new Unread(
          "none of the parameters "
              + String.join(", ", parameters.keySet().stream().limit(10).toList())
              + " is known; expected parameters that are named in the source's fields");
    }
    return switch (CallLogReader.read(ParameterFields.json(named))) {
      case ReadResult.Malformed malformed ->
          new Unread(
              "parameters: "
                  + malformed.problem()
                  + "; expected "
                  + malformed.expected()
                  + ", as a parameter that is named in the source's fields");
      case ReadResult.Read(var log) -> {
        var identity = Identity.ofContent(log.canonicalContent());
        named.putIfAbsent("created", LogTime.format(receivedAt));
        yield CallLogReader.read(ParameterFields.json(named)) instanceof ReadResult.Read(var dated)
            ? new Told(new VendorEvent.OfLog(dated, identity, receivedAt))
            : new Told(new VendorEvent.OfLog(log, identity, receivedAt));
      }
    };
  }

  private static String excerpt(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
