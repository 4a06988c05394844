package io.switchhook.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.demo.Ledger.Arrival;
import io.switchhook.demo.Ledger.Expected;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LedgerTest {
  private final Ledger ledger = new Ledger();

  @BeforeEach
  void handIn() {
    ledger.callBegins();
    ledger.handedIn(new Expected("in-call", "c1", "a"), 0);
    ledger.handedIn(new Expected("in-call", "c1", "b"), 0);
  }

  private double arrives(String logId, int sequence) {
    return ledger.arrived(new Arrival("in-call", "c1", logId, sequence), 5_000_000);
  }

  @Test
  void everythingOnceAndInOrderIsPerfect() {
    assertThat(arrives("a", 1)).isEqualTo(5.0);
    assertThat(ledger.isComplete()).isFalse();
    arrives("b", 2);
    assertThat(ledger.isComplete()).isTrue();
    assertThat(ledger.summary().isPerfect()).isTrue();
    assertThat(ledger.summary().medianMillis()).isBetween(4.9, 5.1);
  }

  @Test
  void whatDidNotArriveIsMissing() {
    arrives("a", 1);
    assertThat(ledger.summary().missing()).isEqualTo(1);
    assertThat(ledger.summary().isPerfect()).isFalse();
  }

  @Test
  void whatArrivesAgainIsRepeat() {
    arrives("a", 1);
    arrives("a", 1);
    arrives("b", 2);
    assertThat(ledger.summary().repeats()).isEqualTo(1);
    assertThat(ledger.summary().isPerfect()).isFalse();
  }

  @Test
  void whatArrivesAfterItsSuccessorIsOutOfOrder() {
    arrives("b", 2);
    arrives("a", 1);
    assertThat(ledger.summary().outOfOrder()).isEqualTo(1);
    assertThat(ledger.summary().isPerfect()).isFalse();
  }

  @Test
  void whatNobodyHandedInIsUnexpected() {
    arrives("a", 1);
    arrives("b", 2);
    arrives("c", 3);
    assertThat(ledger.summary().unexpected()).isEqualTo(1);
    assertThat(ledger.summary().isPerfect()).isFalse();
  }
}
