package io.switchhook.command.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.function.BiConsumer;

/** Reads server-sent events (WHATWG HTML §9.2.6) line by line; their data is JSON. */
public final class LiveLines {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int DATA_LENGTH_MAX = 1 << 20;

  private final BiConsumer<String, JsonNode> listener;
  private final StringBuilder data = new StringBuilder();
  private String name = "";
  private String id = "";
  private String lastId = "";

  /** Hands each event's name and data to the listener. */
  public LiveLines(BiConsumer<String, JsonNode> listener) {
    this.listener = listener;
  }

  /** Where the stream goes on after a lost connection; {@code ""} before its first event. */
  public String lastId() {
    return lastId;
  }

  /** What was half read when a connection was lost does not count. */
  void begin() {
    data.setLength(0);
    name = "";
    id = lastId;
  }

  void line(String line) {
    if (line.isEmpty()) {
      end();
      return;
    }
    var colon = line.indexOf(':');
    var field = colon < 0 ? line : line.substring(0, colon);
    var value = colon < 0 ? "" : line.substring(colon + 1);
    value = value.startsWith(" ") ? value.substring(1) : value;
    switch (field) {
      case "event" -> name = value;
      case "id" -> id = value;
      case "data" -> {
        if (data.length() + value.length() <= DATA_LENGTH_MAX) {
          data.append(value).append('\n');
        }
      }
      default -> {} // A comment, or what is of no use here.
    }
  }

  private void end() {
    lastId = id;
    if (!data.isEmpty()) {
      try {
        listener.accept(name, JSON.readTree(data.toString()));
      } catch (JsonProcessingException e) {
        // No event of this server; the next one may be.
      }
    }
    data.setLength(0);
    name = "";
  }
}
