package io.switchhook.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.history.AttemptFigures.Tried;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What attempts come to in numbers. */
class AttemptFiguresTest {
  @Test
  void nothingTriedHasNoFigures() {
    assertThat(AttemptFigures.of(List.of())).isEqualTo(AttemptFigures.NONE);
  }

  @Test
  void ninetyNineOfHundredAnswersCameWithinP99() {
    var tried =
        IntStream.rangeClosed(1, 100)
            .mapToObj(i -> new Tried(i % 4 == 0 ? 500 : 200, Duration.ofMillis(i)))
            .toList();

    var figures = AttemptFigures.of(tried);

    assertThat(figures.attempts()).isEqualTo(100);
    assertThat(figures.accepted()).isEqualTo(75);
    assertThat(figures.p99()).isEqualTo(Duration.ofMillis(99));
  }

  @Test
  void whatWasNotAnsweredCountsAsTriedAndNotForP99() {
    var figures =
        AttemptFigures.of(
            List.of(new Tried(null, Duration.ofSeconds(15)), new Tried(204, Duration.ofMillis(8))));

    assertThat(figures.accepted()).isEqualTo(1);
    assertThat(figures.attempts()).isEqualTo(2);
    assertThat(figures.p99()).isEqualTo(Duration.ofMillis(8));
    assertThat(figures.endsWell()).isFalse();
  }
}
