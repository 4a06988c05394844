package io.switchhook.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CallsTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final String COMPANY = "00000000000000aa";

  private final Retelling retelling = new Retelling(COMPANY, new Random(1));

  @Test
  void callBeginsEachSecondAndKeepsItsRhythm() {
    var recordings = RecordedCall.all();
    var calls = new Calls(recordings, retelling, new Calls.Wanted(25, 1), START);
    var begins = new ArrayList<Instant>();
    var last = new HashMap<String, Instant>();
    for (var next = calls.nextAt(); next.isPresent(); next = calls.nextAt()) {
      var due = calls.poll(next.get()).orElseThrow();
      assertThat(due.at()).isEqualTo(next.get());
      if (due.isFirst()) {
        begins.add(due.at());
      }
      assertThat(due.at()).isAfterOrEqualTo(last.getOrDefault(due.call().uid(), START));
      last.put(due.call().uid(), due.at());
    }
    assertThat(begins).hasSize(25);
    assertThat(begins.get(7)).isEqualTo(START.plusSeconds(7));
    assertThat(last).hasSize(25);
    // Twenty calls are over within the time that the demonstration promises.
    assertThat(
            Duration.between(START, last.values().stream().max(Instant::compareTo).orElseThrow()))
        .isLessThan(Duration.ofSeconds(35));
  }

  @Test
  void retoldLogHasFreshIdsAndPresentTimes() {
    var recorded = RecordedCall.all().getFirst().steps().get(2).log();
    var call = retelling.call(3, START);
    var now = START.plusSeconds(2);
    var log = retelling.log(recorded, call, now);

    assertThat(log.path("uid").asText()).isEqualTo("demo." + START.getEpochSecond() + ".3");
    assertThat(log.path("id").asText())
        .hasSize(16)
        .startsWith(String.format("%08x", now.getEpochSecond()));
    assertThat(log.path("company_id").asText()).isEqualTo(COMPANY);
    assertThat(log.path("created").asText()).isEqualTo("2026-11-22 10:00:02");
    assertThat(log.path("call_time").asText()).isEqualTo("2026-11-22 10:00:00");
    assertThat(log.fieldNames()).toIterable().containsExactlyElementsOf(recorded::fieldNames);
    assertThat(log.path("call_state")).isEqualTo(recorded.path("call_state"));
  }
}
