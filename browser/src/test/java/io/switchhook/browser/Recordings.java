package io.switchhook.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.demo.DemoCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The demonstration's recorded calls, told at once, with fresh ids and present times. */
final class Recordings {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DateTimeFormatter UTC_SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Recordings() {}

  /** Each recorded call as its logs. */
  static List<List<ObjectNode>> calls() {
    var calls = new LinkedHashMap<String, List<ObjectNode>>();
    try (var stream =
        Objects.requireNonNull(DemoCommand.class.getResourceAsStream("calls.ndjson"))) {
      for (var line : new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        var recorded = JSON.readTree(line);
        calls
            .computeIfAbsent(recorded.path("call").asText(), _ -> new ArrayList<>())
            .add((ObjectNode) recorded.path("log"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(calls.values());
  }

  /** The body of a request that has none. */
  static JsonNode nothing() {
    return JSON.missingNode();
  }

  /** A recorded log as one of the call with this uid that is written now. */
  static ObjectNode retold(ObjectNode log, String uid) {
    var now = UTC_SECONDS.format(Instant.now());
    var fresh = log.deepCopy();
    fresh.setAll(
        Map.of(
            "id", JSON.getNodeFactory().textNode(uid + log.path("id").asText()),
            "uid", JSON.getNodeFactory().textNode(uid),
            "created", JSON.getNodeFactory().textNode(now),
            "call_time", JSON.getNodeFactory().textNode(now)));
    return fresh;
  }
}
