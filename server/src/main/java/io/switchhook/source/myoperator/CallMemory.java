package io.switchhook.source.myoperator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchhook.event.Identity;
import io.switchhook.source.myoperator.Place.Phase;
import io.switchhook.source.myoperator.Place.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * What must be remembered of a call from one of its events to the next. Kept as long as an event
 * may come again.
 *
 * @param seen bits of what has been told of: phases, then steps
 * @param lastSequence the highest of the vendor's numbers that was told of; 0 for none
 * @param told how many events were made for receivers
 * @param inCallTold true once receivers heard of the call while it lasted
 * @param ended true once receivers heard the call's end
 * @param keys what tells the events apart that were told of already, the newest last
 */
record CallMemory(
    int seen,
    int lastSequence,
    int told,
    boolean inCallTold,
    boolean ended,
    List<Long> keys,
    CallFacts facts) {
  /** More are not remembered here; the journal knows them still. */
  static final int KEYS_MAX = 200;

  private static final JsonMapper MAPPER = new JsonMapper();

  /** Nothing was heard of the call. */
  static final CallMemory NONE = new CallMemory(0, 0, 0, false, false, List.of(), CallFacts.NONE);

  CallMemory {
    keys = List.copyOf(keys);
  }

  /** True when an event of this phase was told of. */
  boolean has(Phase phase) {
    return (seen & bit(phase)) != 0;
  }

  /** True when an event of this step was told of. */
  boolean has(Step step) {
    return (seen & bit(step)) != 0;
  }

  /** True when this very event was told of. */
  boolean has(Identity identity) {
    return keys.contains(identity.high());
  }

  /** After this event. */
  CallMemory and(VendorEvent event) {
    var place = event.place();
    var more = new ArrayList<>(keys);
    more.add(event.identity().high());
    var stepBit = place.phase() == Phase.MIDDLE ? bit(place.step()) : 0;
    return new CallMemory(
        seen | bit(place.phase()) | stepBit,
        Math.max(lastSequence, place.sequence()),
        told,
        inCallTold,
        ended,
        more.subList(Math.max(0, more.size() - KEYS_MAX), more.size()),
        facts);
  }

  CallMemory withFacts(CallFacts known) {
    return new CallMemory(seen, lastSequence, told, inCallTold, ended, keys, known);
  }

  /** After an in-call event was made for receivers. */
  CallMemory toldInCall(boolean isEnd) {
    return new CallMemory(seen, lastSequence, told + 1, true, ended || isEnd, keys, facts);
  }

  /** After another event was made for receivers. */
  CallMemory toldOther() {
    return new CallMemory(seen, lastSequence, told + 1, inCallTold, ended, keys, facts);
  }

  /** As text to be stored. */
  String toJson() {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("seen", seen)
            .put("last_sequence", lastSequence)
            .put("told", told)
            .put("in_call_told", inCallTold)
            .put("ended", ended);
    var list = json.putArray("keys");
    keys.forEach(list::add);
    json.set("facts", facts.toJson());
    return json.toString();
  }

  /** What was stored as {@code text}; nothing remembered when that is damaged. */
  static CallMemory ofJson(String text) {
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
    } catch (JsonProcessingException _) {
      return NONE;
    }
    var keys = new ArrayList<Long>();
    node.path("keys").forEach(key -> keys.add(key.asLong()));
    return new CallMemory(
        node.path("seen").asInt(),
        node.path("last_sequence").asInt(),
        node.path("told").asInt(),
        node.path("in_call_told").asBoolean(),
        node.path("ended").asBoolean(),
        keys,
        CallFacts.ofJson(node.path("facts")));
  }

  // Stored: a bit never changes its meaning.
  private static int bit(Phase phase) {
    return switch (phase) {
      case BEGINNING -> 1;
      case MIDDLE -> 2;
      case END -> 4;
      case RECORD -> 8;
      case TAGGED -> 16;
    };
  }

  private static int bit(Step step) {
    return switch (step) {
      case OTHER -> 32;
      case RINGING -> 64;
      case ANSWERED -> 128;
    };
  }
}
