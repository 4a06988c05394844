package io.switchhook.source.asterisk.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

    assertThat(told.stream().map(record -> line(Play.log(record))).toList())
        .isEqualTo(
            lines.stream().map(line -> line(Play.log(line.path("log").toString()))).toList());
    for (var i = 0; i < lines.size(); i++) {
      // A click to call begins with whichever event of its first leg names it, a moment apart.
      assertThat(millis(first, told.get(i)))
          .isCloseTo(lines.get(i).path("at_ms").asLong(), within(2L));
    }
  }

  private static long millis(Instant first, NewRecord record) {
    return Duration.between(first, record.happenedAt()).toMillis();
  }

  private static String line(InCallLog log) {
    return String.join(
        " ",
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
