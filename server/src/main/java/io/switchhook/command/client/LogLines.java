package io.switchhook.command.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads call logs from lines, batch by batch; a recording's lines are opened, byte for byte. */
public final class LogLines {
  static final int BATCH_LINES_MAX = 500;
  static final int BATCH_BYTES_MAX = 512 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  private final String name;
  private final BufferedReader reader;
  private long lineNumber;
  private @Nullable Line kept;

  /** A log and the line that it stood on, counted from 1. */
  record Line(long number, String log) {}

  /** Lines of a reader; {@code name} names it to people. */
  public LogLines(String name, BufferedReader reader) {
    this.name = name;
    this.reader = reader;
  }

  /** What the lines come from, for people. */
  String name() {
    return name;
  }

  /**
   * The next logs; none at the end. From a pipe, as many as are there: nobody waits for a batch to
   * become full.
   */
  List<Line> nextBatch() throws IOException {
    var batch = new ArrayList<Line>();
    var bytes = 0;
    while (batch.size() < BATCH_LINES_MAX && (batch.isEmpty() || kept != null || reader.ready())) {
      var line = next();
      if (line == null) {
        break;
      }
      bytes += line.log().getBytes(StandardCharsets.UTF_8).length + 1;
      if (!batch.isEmpty() && bytes > BATCH_BYTES_MAX) {
        kept = line;
        break;
      }
      batch.add(line);
    }
    return batch;
  }

  private @Nullable Line next() throws IOException {
    var line = kept;
    if (line != null) {
      kept = null;
      return line;
    }
    for (var text = reader.readLine(); text != null; text = reader.readLine()) {
      lineNumber++;
      if (!text.isBlank()) {
        return new Line(lineNumber, logIn(text));
      }
    }
    return null;
  }

  /** The log in a line of a recording; any other line as it is, for the server to judge. */
  static String logIn(String line) {
    try (var parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return line;
      }
      var isRecording = false;
      var log = line;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var field = parser.currentName();
        parser.nextToken();
        var start = (int) parser.currentTokenLocation().getCharOffset();
        isRecording |= field.equals("at_ms");
        if (field.equals("log") && parser.currentToken() == JsonToken.START_OBJECT) {
          parser.skipChildren();
          log = line.substring(start, (int) parser.currentLocation().getCharOffset());
        } else {
          parser.skipChildren();
        }
      }
      return isRecording ? log : line;
    } catch (IOException _) {
      return line;
    }
  }
}
