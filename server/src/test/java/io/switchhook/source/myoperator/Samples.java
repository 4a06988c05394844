package io.switchhook.source.myoperator;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.event.Bytes;
import io.switchhook.source.myoperator.DecodeRequest.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The vendor's samples, and requests made of them. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
  static final List<String> STORY =
      List.of(
          "initiated", "dial-begin", "dial-begin-2", "answered", "end", "summary", "disposition");

  private static final Path CALL_LOG = Path.of("../calllog/src/test/resources/samples");
  private static final Path GOLDEN = Path.of("src/test/resources/source/myoperator");

  private Samples() {}

  static String inCall() {
    return text(CALL_LOG.resolve("in-call.json"));
  }

  static String afterCall() {
    return text(CALL_LOG.resolve("after-call.json"));
  }

  /** An event of the second generation. */
  static String v2(String name) {
    return text(CALL_LOG.resolve("v2").resolve(name + ".json"));
  }

  static KeptRequest post(String body) {
    return post("application/json", body);
  }

  static KeptRequest post(String contentType, String body) {
    return new KeptRequest(NOW, "POST", "", contentType, Bytes.utf8(body));
  }

  static KeptRequest get(String rawQuery) {
    return new KeptRequest(NOW, "GET", rawQuery, "", Bytes.empty());
  }

  /** What a request that can be read tells. */
  static VendorEvent event(KeptRequest request) {
    var decoded = DecodeRequest.of(request, Map.of(), TellAs.V2);
    assertThat(decoded).isInstanceOf(Told.class);
    return ((Told) decoded).event();
  }

  /** What receivers are told when these events come in this order. */
  static List<Made> told(TellAs tellAs, List<VendorEvent> events) {
    var made = new ArrayList<Made>();
    var memory = CallMemory.NONE;
    for (var event : events) {
      var telling = Tell.of(event, memory, tellAs, Optional.empty());
      made.addAll(telling.made());
      // As after a restart between any two events.
      memory = CallMemory.ofJson(telling.memory().toJson());
      assertThat(memory).isEqualTo(telling.memory());
    }
    return made;
  }

  /** Compares with a file; {@code -Dgolden.update=true} writes it anew. */
  static void checkGolden(String name, List<Made> made) {
    var lines = new StringBuilder();
    made.forEach(each -> lines.append(each.kind()).append(' ').append(each.json()).append('\n'));
    var file = GOLDEN.resolve(name);
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(GOLDEN);
        Files.writeString(file, lines);
      }
      assertThat(lines.toString()).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
