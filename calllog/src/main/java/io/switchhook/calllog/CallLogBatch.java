package io.switchhook.calllog;

import io.switchhook.calllog.ReadResult.Malformed;
import io.switchhook.calllog.ReadResult.Read;
import java.util.ArrayList;
import java.util.List;

/** Reads many call logs at once: all of them, or the first fault with its place in the whole. */
public final class CallLogBatch {
  /** How many call logs one batch may hold. */
  public static final int LOGS_MAX = 1_000;

  private CallLogBatch() {}

  /** What came of reading a batch. */
  public sealed interface Result {}

  /** All call logs, in their order; there may be none. */
  public record Logs(List<CallLog> logs) implements Result {
    public Logs {
      logs = List.copyOf(logs);
    }
  }

  /**
   * Why nothing of the batch may be used.
   *
   * @param number which log it was, 1, 2 …
   * @param fault placed in the whole batch
   */
  public record Broken(int number, Malformed fault) implements Result {}

  /** Reads NDJSON: one call log a line, blank lines passed over. */
  public static Result readLines(byte[] utf8) {
    return switch (Utf8.decode(utf8)) {
      case Utf8.Decoded(var text) -> read(text, lines(text));
      case Utf8.Broken(var malformed) -> new Broken(1, malformed);
    };
  }

  /** Reads a JSON array of call logs, or the one call log that the bytes are. */
  public static Result readJson(byte[] utf8) {
    return switch (Utf8.decode(utf8)) {
      case Utf8.Decoded(var text) -> readJson(text);
      case Utf8.Broken(var malformed) -> new Broken(1, malformed);
    };
  }

  private static Result readJson(String text) {
    var elements = new ArrayElements(text);
    if (!elements.isArray()) {
      return read(text, List.of(new Part(0, text.length())));
    }
    try {
      return read(text, elements.parts(LOGS_MAX + 1));
    } catch (MalformedException e) {
      return new Broken(1, e.in(text, 0));
    }
  }

  private static Result read(String text, List<Part> parts) {
    var logs = new ArrayList<CallLog>();
    for (var part : parts) {
      if (logs.size() == LOGS_MAX) {
        var fault =
            new MalformedException(
                0, "", "more than " + LOGS_MAX + " call logs", "at most " + LOGS_MAX);
        return new Broken(LOGS_MAX + 1, fault.in(text, part.start()));
      }
      switch (CallLogReader.readPart(text, part.start(), part.end())) {
        case Read(var log) -> logs.add(log);
        case Malformed malformed -> {
          return new Broken(logs.size() + 1, malformed);
        }
      }
    }
    return new Logs(logs);
  }

  private static List<Part> lines(String text) {
    var parts = new ArrayList<Part>();
    for (var start = 0; start < text.length(); ) {
      var newline = text.indexOf('\n', start);
      var end = newline < 0 ? text.length() : newline;
      if (!text.substring(start, end).isBlank()) {
        parts.add(new Part(start, end));
      }
      start = end + 1;
    }
    return parts;
  }

  /** Where one call log stands in a text. */
  record Part(int start, int end) {}
}
