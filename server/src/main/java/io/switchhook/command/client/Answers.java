package io.switchhook.command.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.switchhook.command.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Takes answers of the server apart, and reads what is sent to it. */
public final class Answers {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String STANDARD_INPUT = "-";

  private Answers() {}

  /** A field as text; empty when it is absent or null. */
  public static String text(JsonNode node, String field) {
    var value = node.path(field);
    return value.isNull() ? "" : value.asText("");
  }

  /** A field as a time; empty when it is absent, null or no time. */
  public static Optional<Instant> time(JsonNode node, String field) {
    try {
      return Optional.of(text(node, field)).filter(text -> !text.isEmpty()).map(Instant::parse);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /** A field as local time with its offset; a dash when there is none. */
  public static String localTime(JsonNode node, String field, Terminal terminal) {
    return time(node, field).map(terminal.times()::full).orElse("–");
  }

  /** Prints JSON as a person likes to read it. */
  public static void print(JsonNode json, Terminal terminal) {
    try {
      terminal.out().println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The JSON in a file, or on standard input when it is named {@code -}. */
  public static JsonNode read(String file, Terminal terminal) {
    try {
      var text =
          file.equals(STANDARD_INPUT)
              ? new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8)
              : Files.readString(Path.of(file));
      return JSON.readTree(text);
    } catch (NoSuchFileException _) {
      throw new CommandFailedException("There is no file " + file + ".");
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      throw new CommandFailedException(
          "%s is not JSON: line %d, column %d: %s"
              .formatted(file, place.getLineNr(), place.getColumnNr(), e.getOriginalMessage()));
    } catch (IOException e) {
      throw new CommandFailedException("Cannot read " + file + ": " + e.getMessage());
    }
  }
}
