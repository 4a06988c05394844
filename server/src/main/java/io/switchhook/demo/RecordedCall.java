package io.switchhook.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;

/** A call as it was recorded on a telephone system: its logs, and when each came. */
record RecordedCall(String name, List<Step> steps) {
  RecordedCall {
    steps = List.copyOf(steps);
  }

  /** One log, and how long after the call's begin it came. */
  record Step(Duration after, ObjectNode log) {}

  /** The recordings that come with the program. */
  static List<RecordedCall> all() {
    var calls = new LinkedHashMap<String, List<Step>>();
    var json = JsonMapper.builder().build();
    try (var lines = reader()) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode recorded = json.readTree(line);
        var after = Duration.ofMillis(recorded.path("at_ms").asLong());
        calls
            .computeIfAbsent(recorded.path("call").asText(), _ -> new ArrayList<>())
            .add(new Step(after, (ObjectNode) recorded.path("log")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own recordings cannot be read", e);
    }
    return calls.entrySet().stream()
        .map(call -> new RecordedCall(call.getKey(), call.getValue()))
        .toList();
  }

  private static BufferedReader reader() {
    var stream =
        Objects.requireNonNull(
            RecordedCall.class.getResourceAsStream("calls.ndjson"), "calls.ndjson is packaged");
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }
}
