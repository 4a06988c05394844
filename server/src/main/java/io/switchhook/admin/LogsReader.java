package io.switchhook.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import io.switchhook.calllog.CallLog;
import io.switchhook.calllog.CallLogReader;
import io.switchhook.calllog.ReadResult;
import io.switchhook.event.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a body as call logs: all of them, or why not. */
final class LogsReader {
  /** The most call logs of one request. */
  static final int LOGS_MAX = 1_000;

  /** More mistakes are not listed: the first few say enough. */
  static final int ERRORS_MAX = 20;

  private static final String NOTHING_TAKEN = "nothing of this request was taken";
  private static final JsonFactory JSON = new JsonFactory();

  private LogsReader() {}

  /** How the logs stand in the body. */
  enum Dress {
    /** One log, or a list of them. */
    JSON,
    /** One log a line. */
    LINES
  }

  /** What came of reading. */
  sealed interface Read {
    record Logs(List<CallLog> logs) implements Read {
      public Logs {
        logs = List.copyOf(logs);
      }
    }

    record Refused(Problem problem) implements Read {}
  }

  static Read read(Bytes body, Dress dress) {
    var decoded = decode(body);
    if (decoded.isEmpty()) {
      return refused(ProblemType.MALFORMED, "The body is not UTF-8");
    }
    var text = decoded.get();
    var split = dress == Dress.LINES ? LogParts.ofLines(text) : LogParts.ofJson(text);
    return switch (split) {
      case LogParts.Split.Broken(int line, int column, var words) ->
          refused(
              ProblemType.MALFORMED,
              "The body is not JSON: line " + line + ", column " + column + ": " + words);
      case LogParts.Split.Parts(var parts) when parts.isEmpty() ->
          refused(ProblemType.MALFORMED, "There is no call log in the body");
      case LogParts.Split.Parts(var parts) when parts.size() > LOGS_MAX ->
          refused(
              ProblemType.TOO_LARGE,
              "A request has at most " + LOGS_MAX + " call logs, this one has " + parts.size());
      case LogParts.Split.Parts(var parts) -> readParts(parts, text, dress);
    };
  }

  private static Read readParts(List<LogParts.Part> parts, String text, Dress dress) {
    var logs = new ArrayList<CallLog>(parts.size());
    var errors = new ArrayList<Problem.Wrong>();
    for (var part : parts) {
      switch (CallLogReader.read(part.text())) {
        case ReadResult.Read(var log) -> logs.add(log);
        case ReadResult.Malformed malformed -> {
          if (errors.size() < ERRORS_MAX) {
            errors.add(error(part, malformed));
          }
        }
      }
    }
    if (errors.isEmpty()) {
      return new Read.Logs(logs);
    }
    // What is no JSON at all is told as such; what is JSON but no call log names its fields.
    if (dress == Dress.JSON && !isJson(text)) {
      var first = errors.getFirst();
      return new Read.Refused(
          new Problem(
              ProblemType.MALFORMED,
              "The body is not JSON: line "
                  + first.line()
                  + ", column "
                  + first.column()
                  + ": "
                  + first.problem()
                  + "; "
                  + NOTHING_TAKEN
                  + ".",
              errors));
    }
    return new Read.Refused(Problem.invalidFields(errors, NOTHING_TAKEN));
  }

  private static Problem.Wrong error(LogParts.Part part, ReadResult.Malformed malformed) {
    var field =
        part.name().isEmpty() || malformed.field().isEmpty()
            ? part.name() + malformed.field()
            : part.name() + "." + malformed.field();
    int line = part.line() + malformed.line() - 1;
    int column =
        malformed.line() == 1 ? part.column() + malformed.column() - 1 : malformed.column();
    return new Problem.Wrong(
        field, malformed.problem() + "; expected " + malformed.expected(), line, column);
  }

  private static boolean isJson(String text) {
    try (var parser = JSON.createParser(text)) {
      while (parser.nextToken() != null) {
        // Only whether it can be read to its end counts.
      }
      return true;
    } catch (StreamConstraintsException e) {
      return true;
    } catch (StreamReadException e) {
      return false;
    } catch (IOException e) {
      throw new IllegalStateException("a text was not readable", e);
    }
  }

  private static Optional<String> decode(Bytes body) {
    var text = body.utf8();
    // Only a text with the mark of a replaced sequence may hide a broken one: the rest is done.
    if (text.indexOf('\uFFFD') < 0) {
      return Optional.of(text);
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(body.array()))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Read refused(ProblemType type, String words) {
    return new Read.Refused(Problem.of(type, words + "; " + NOTHING_TAKEN + "."));
  }
}
