package io.switchhook.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.calllog.CallStatus;
import io.switchhook.calllog.CallType;
import io.switchhook.event.Bytes;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notes as the journal keeps them: one JSON object, its kind in {@code note}. They are stored, so
 * names here never change meaning; a note that cannot be read says nothing.
 */
public final class NoteText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final byte[] ENDED_START = "{\"note\":\"ended\"".getBytes(UTF_8);

  private NoteText() {}

  /** The note's bytes. */
  public static Bytes write(CallNote note) {
    var json = JSON.createObjectNode();
    switch (note) {
      case CallNote.Began(var source, var type, var linkedId, var at) ->
          json.put("note", "began")
              .put("source", source)
              .put("type", lower(type))
              .put("linked_id", linkedId)
              .put("at", at.toString());
      case CallNote.Took(var linkedId) -> json.put("note", "took").put("linked_id", linkedId);
      case CallNote.Rung(var leg, var user, var at) ->
          writeUser(json.put("note", "rung").put("leg", leg).put("at", at.toString()), user);
      case CallNote.Answered(var leg, var at) ->
          json.put("note", "answered").put("leg", leg).put("at", at.toString());
      case CallNote.Transferred(var leg, var at) ->
          json.put("note", "transferred").put("leg", leg).put("at", at.toString());
      case CallNote.Gone(var leg, var status, var at) ->
          json.put("note", "gone")
              .put("leg", leg)
              .put("status", lower(status))
              .put("at", at.toString());
      case CallNote.Joined(var survivor) -> json.put("note", "joined").put("uid", survivor);
      case CallNote.Recorded(var file, var url) ->
          json.put("note", "recorded").put("file", file).put("url", url);
      case CallNote.Belongs(var id, var name) ->
          json.put("note", "belongs").put("department_id", id).put("department_name", name);
      case CallNote.Voicemail() -> json.put("note", "voicemail");
      case CallNote.Ended(var status, var at, var delay) ->
          json.put("note", "ended")
              .put("status", lower(status))
              .put("at", at.toString())
              .put("after_call_delay_ms", delay.toMillis());
    }
    return Bytes.utf8(json.toString());
  }

  /** How long after this note an after-call log is due; empty when it does not end its call. */
  public static Optional<Duration> endDelay(Bytes bytes) {
    // Most notes end nothing; they are told apart without being read.
    return startsWithEnded(bytes.array())
        ? read(bytes).map(note -> note instanceof CallNote.Ended it ? it.afterCallDelay() : null)
        : Optional.empty();
  }

  private static boolean startsWithEnded(byte[] bytes) {
    return bytes.length >= ENDED_START.length
        && Arrays.equals(bytes, 0, ENDED_START.length, ENDED_START, 0, ENDED_START.length);
  }

  /** The note that these bytes are; empty when they are none that is known. */
  public static Optional<CallNote> read(Bytes bytes) {
    try {
      return Optional.ofNullable(read(JSON.readTree(bytes.array())));
    } catch (JsonProcessingException | DateTimeException | IllegalArgumentException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
  }

  private static @Nullable CallNote read(@Nullable JsonNode json) {
    if (json == null) {
      return null;
    }
    var leg = text(json, "leg");
    return switch (text(json, "note")) {
      case "began" ->
          new CallNote.Began(
              text(json, "source"),
              CallType.valueOf(upper(json, "type")),
              text(json, "linked_id"),
              at(json));
      case "took" -> new CallNote.Took(text(json, "linked_id"));
      case "rung" -> new CallNote.Rung(leg, readUser(json.get("user")), at(json));
      case "answered" -> new CallNote.Answered(leg, at(json));
      case "transferred" -> new CallNote.Transferred(leg, at(json));
      case "gone" -> new CallNote.Gone(leg, DialStatus.valueOf(upper(json, "status")), at(json));
      case "joined" -> new CallNote.Joined(text(json, "uid"));
      case "recorded" -> new CallNote.Recorded(text(json, "file"), text(json, "url"));
      case "belongs" ->
          new CallNote.Belongs(text(json, "department_id"), text(json, "department_name"));
      case "voicemail" -> new CallNote.Voicemail();
      case "ended" ->
          new CallNote.Ended(
              CallStatus.valueOf(upper(json, "status")),
              at(json),
              Duration.ofMillis(json.path("after_call_delay_ms").asLong()));
      default -> null;
    };
  }

  private static void writeUser(ObjectNode json, CallNote.@Nullable Person user) {
    if (user != null) {
      json.putObject("user")
          .put("listed_as", user.listedAs())
          .put("id", user.id())
          .put("name", user.name())
          .put("email", user.email())
          .put("extension", user.extension())
          .put("number", user.number());
    }
  }

  private static CallNote.@Nullable Person readUser(@Nullable JsonNode json) {
    return json == null
        ? null
        : new CallNote.Person(
            text(json, "listed_as"),
            text(json, "id"),
            text(json, "name"),
            text(json, "email"),
            text(json, "extension"),
            text(json, "number"));
  }

  private static String text(JsonNode json, String name) {
    return json.path(name).asText("");
  }

  private static Instant at(JsonNode json) {
    return Instant.parse(text(json, "at"));
  }

  private static String upper(JsonNode json, String name) {
    return text(json, name).toUpperCase(Locale.ROOT);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
