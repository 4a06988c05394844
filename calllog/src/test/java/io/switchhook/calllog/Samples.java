package io.switchhook.calllog;

import io.switchhook.calllog.ReadResult.Malformed;
import io.switchhook.calllog.ReadResult.Read;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The vendor's published samples, telephone numbers and names replaced. */
final class Samples {
  private Samples() {}

  /** The in-call log as the vendor's page prints it, over many lines. */
  static String inCallPretty() {
    return resource("in-call.pretty.json").strip();
  }

  /** The same in-call log without white space. */
  static String inCall() {
    return resource("in-call.json");
  }

  /** The after-call log, as the JSON that PHP makes of it. */
  static String afterCall() {
    return resource("after-call.json");
  }

  /** The log that {@code json} is; fails when it is none. */
  static CallLog log(String json) {
    return switch (CallLogReader.read(json.getBytes(StandardCharsets.UTF_8))) {
      case Read(var log) -> log;
      case Malformed malformed -> throw new AssertionError(malformed.sentence());
    };
  }

  /** Why {@code json} is no log; fails when it is one. */
  static Malformed malformed(String json) {
    return switch (CallLogReader.read(json.getBytes(StandardCharsets.UTF_8))) {
      case Read(var log) -> throw new AssertionError("taken: " + log);
      case Malformed malformed -> malformed;
    };
  }

  /** A file of the samples. */
  static String resource(String name) {
    try (var stream = Samples.class.getResourceAsStream("/samples/" + name)) {
      if (stream == null) {
        throw new AssertionError("no resource " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
