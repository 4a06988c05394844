package io.switchhook.source.asterisk.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchhook.calllog.InCallLog;
import io.switchhook.journal.NewRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the recordings must tell; the ids and service numbers of calls.ndjson are made up. */
class RecordingsTest {
  static List<String> expected() {
    return List.copyOf(Laboratory.expected().keySet());
  }

  @ParameterizedTest
  @MethodSource("expected")
  void recordedCallTellsWhatItsLogsSay(String recording) {
    var told = Play.recording(recording, Laboratory.settings()).told();
    var first = told.getFirst().happenedAt();
    var lines = Laboratory.expected().getOrDefault(recording, List.of());

    assertThat(told.stream().map(record -> line(record, first)).toList())
        .isEqualTo(lines.stream().map(RecordingsTest::line).toList());
  }

  private static String line(NewRecord record, Instant first) {
    return line(
        Math.round(Duration.between(first, record.happenedAt()).toNanos() / 1e6), Play.log(record));
  }

  private static String line(JsonNode line) {
    return line(line.path("at_ms").asLong(), Play.log(line.path("log").toString()));
  }

  private static String line(long millis, InCallLog log) {
    return String.join(
        " ",
        String.valueOf(millis),
        log.uid(),
        String.valueOf(log.callState().number()),
        log.event(),
        log.status(),
        log.users().toString(),
        log.clidRaw(),
        log.clid(),
        log.companyId(),
        log.created(),
        log.callTime(),
        log.referenceId(),
        log.clientRefId(),
        log.publicIvrId(),
        log.jobId());
  }
}
