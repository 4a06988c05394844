package io.switchhook.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.bench.run.Pace.Point;
import org.junit.jupiter.api.Test;

/** Ten seconds in which 10,000 events were sent, after 500 before. */
final class PaceTest {
  private static final Point FROM = new Point(0, 500, 500, 400, 400);

  private static Pace pace(long accepted, long told, long toldWell, double wellShare) {
    return new Pace(
        FROM, new Point(10_000_000_000L, 10_500, accepted, told, toldWell), 1, wellShare);
  }

  @Test
  void offeredAcceptedAndDeliveredAreToldApart() {
    var pace = pace(8_500, 6_400, 6_400, 1);
    assertThat(pace.offeredPerSecond()).isEqualTo(1_000);
    assertThat(pace.acceptedPerSecond()).isEqualTo(800);
    assertThat(pace.deliveredPerSecond()).isEqualTo(600);
    assertThat(pace.outstandingBefore()).isEqualTo(100);
    assertThat(pace.outstandingAfter()).isEqualTo(4_100);
  }

  @Test
  void secondOfTrafficMayBeOutstandingInTheEnd() {
    assertThat(pace(10_500, 9_500, 9_500, 1).isKept()).isTrue();
    assertThat(pace(10_500, 9_499, 9_499, 1).isKept()).isFalse();
  }

  @Test
  void whatIsNotAcceptedIsABacklogToo() {
    assertThat(pace(9_499, 0, 0, 0).isKept()).isFalse();
    assertThat(pace(9_500, 0, 0, 0).isKept()).isTrue();
  }

  @Test
  void whatWaitsForReceiversThatAreNotWellIsNoFaultOfTheServer() {
    // Half of the webhooks is dead: 5,250 of 10,500 can be told.
    assertThat(pace(10_500, 5_200, 5_200, 0.5).isKept()).isTrue();
    assertThat(pace(10_500, 5_200, 4_700, 0.5).isKept()).isFalse();
  }
}
