package io.switchhook.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.bench.ledger.Verdict.Instrument;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class VerdictTest {
  private static final Instrument GOOD = new Instrument(300, 2_000, 0, 200, 5_000, List.of());

  private static Account account(long delivered, long lost, List<String> faults) {
    return new Account(100, 100, 0, 0, 100, delivered, Map.of(), 0, lost, 100, 0, 0, 0, faults);
  }

  private static Verdict verdict(Instrument instrument) {
    return Verdict.of(account(100, 0, List.of()), instrument);
  }

  @Test
  void balancedLedgerAndGoodInstrumentCount() {
    assertThat(verdict(GOOD).isValid()).isTrue();
    assertThat(verdict(GOOD).isKept()).isTrue();
  }

  @Test
  void ledgerThatDoesNotBalanceIsVoid() {
    var verdict = Verdict.of(account(99, 1, List.of("1 lost")), GOOD);
    assertThat(verdict.voidBecause()).singleElement().asString().contains("1 are missing");
    assertThat(verdict.isKept()).isFalse();
  }

  @Test
  void starvedGeneratorIsVoidAndSaysByHowMuch() {
    var verdict = verdict(new Instrument(25_000, 80_000, 0, 200, 5_000, List.of()));
    assertThat(verdict.voidBecause())
        .singleElement()
        .asString()
        .contains("fell behind", "25.0 ms", "80.0 ms");
  }

  @Test
  void receiversWithoutPauseAreVoid() {
    assertThat(verdict(new Instrument(300, 2_000, 0.2, 200, 5_000, List.of())).voidBecause())
        .singleElement()
        .asString()
        .contains("bottleneck", "20 %");
  }

  @Test
  void receiversThatMakeUpWhatIsMeasuredAreVoid() {
    var verdict = verdict(new Instrument(300, 2_000, 0, 8_000, 10_000, List.of()));
    assertThat(verdict.voidBecause()).singleElement().asString().contains("bottleneck");
    assertThat(verdict(new Instrument(300, 2_000, 0, 8_000, 100_000, List.of())).isValid())
        .isTrue();
  }

  @Test
  void brokenBenchIsVoid() {
    assertThat(verdict(new Instrument(300, 2_000, 0, 200, 5_000, List.of("broke"))).voidBecause())
        .containsExactly("broke");
  }
}
