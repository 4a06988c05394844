package io.switchhook.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.bench.scenario.Difference.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DifferenceTest {
  @Test
  void medianIsOfTheDifferencesAndNotTheDifferenceOfMedians() {
    var difference =
        new Difference(List.of(new Pair(1_000, 9_000), new Pair(5_000, 5_100), new Pair(2, 1)));
    assertThat(difference.medianMicros()).isEqualTo(100);
  }

  @Test
  void millisecondIsAlwaysAllowed() {
    var calm = new Difference(List.of(new Pair(2_000, 3_000), new Pair(2_000, 3_000)));
    assertThat(calm.allowedMicros()).isEqualTo(1_000);
    assertThat(calm.check("p99").passed()).isTrue();
    assertThat(new Difference(List.of(new Pair(2_000, 3_001))).check("p99").passed()).isFalse();
  }

  @Test
  void tenthIsAllowed() {
    assertThat(new Difference(List.of(new Pair(40_000, 44_000))).check("p99").passed()).isTrue();
    assertThat(new Difference(List.of(new Pair(40_000, 44_001))).check("p99").passed()).isFalse();
  }

  @Test
  void whatIdenticalRunsDifferByIsAllowed() {
    var noisy = new Difference(List.of(new Pair(5_000, 8_000), new Pair(9_000, 12_000)));
    assertThat(noisy.spreadMicros()).isEqualTo(4_000);
    assertThat(noisy.check("p99").passed()).isTrue();
    assertThat(noisy.check("p99").allowed()).contains("4.00 ms");
  }
}
