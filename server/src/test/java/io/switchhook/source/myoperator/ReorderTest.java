package io.switchhook.source.myoperator;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.source.myoperator.Reorder.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReorderTest {
  private static final long WAIT = 2_000;
  private static final int SEEDS = 2_000;

  private final List<Integer> told = new ArrayList<>();
  private CallMemory memory = CallMemory.NONE;

  @Test
  void eventsInOrderGoAtOnce() {
    var reorder = new Reorder(Duration.ofMillis(WAIT));
    for (var number = 1; number <= 6; number++) {
      reorder.offer(waiting(number, 0));
      drain(reorder, 0);
      assertThat(told).hasSize(number);
    }
  }

  /** Whatever the order in which they come within the wait, and however often, they go in order. */
  @Test
  void shuffledAndRepeatedEventsGoInOrder() {
    for (long seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      var coming = new ArrayList<Integer>();
      for (var number = 1; number <= 8; number++) {
        coming.add(number);
        if (random.nextInt(4) == 0) {
          coming.add(number);
        }
      }
      Collections.shuffle(coming, random);
      told.clear();
      memory = CallMemory.NONE;
      var reorder = new Reorder(Duration.ofMillis(WAIT));
      var now = 0L;
      for (var number : coming) {
        reorder.offer(waiting(number, now));
        drain(reorder, now);
        now += random.nextInt(100);
      }
      drain(reorder, now + WAIT);

      assertThat(told).as("seed " + seed).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
      assertThat(reorder.isEmpty()).isTrue();
    }
  }

  /** Whatever is missing, nothing waits longer than the wait, and what goes goes in order. */
  @Test
  void nothingWaitsLongerThanTheWait() {
    for (long seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      told.clear();
      memory = CallMemory.NONE;
      var reorder = new Reorder(Duration.ofMillis(WAIT));
      var arrived = new ArrayList<Waiting>();
      for (var now = 0L; now < 10_000; now += 100) {
        if (now < 7_500 && random.nextInt(10) == 0) {
          var event = waiting(1 + random.nextInt(8), now);
          arrived.add(event);
          reorder.offer(event);
        }
        drain(reorder, now);
        var due = reorder.dueMillis();
        assertThat(due.isEmpty() || due.getAsLong() > now).as("seed " + seed).isTrue();
      }
      assertThat(told.size())
          .as("seed " + seed)
          .isEqualTo(
              (int) arrived.stream().map(each -> each.event().identity()).distinct().count());
    }
  }

  @Test
  void eventsOfOtherNumberingAreOrderedByWhatTheySay() {
    var reorder = new Reorder(Duration.ofMillis(WAIT));
    reorder.offer(waiting("call.summary", 1, 0));
    reorder.offer(waiting("call.end", 1, 0));
    reorder.offer(waiting("call.answered", 1, 0));
    reorder.offer(waiting("call.dial_begin", 1, 0));
    reorder.offer(waiting("call.initiated", 1, 0));

    var types = new ArrayList<String>();
    for (var next = reorder.next(memory, WAIT); next != null; next = reorder.next(memory, WAIT)) {
      types.add(((VendorEvent.OfEnvelope) next.event()).envelope().eventType());
    }
    assertThat(types)
        .containsExactly(
            "call.initiated", "call.dial_begin", "call.answered", "call.end", "call.summary");
  }

  private void drain(Reorder reorder, long now) {
    for (var next = reorder.next(memory, now); next != null; next = reorder.next(memory, now)) {
      if (!memory.has(next.event().identity())) {
        told.add(next.event().place().sequence());
        memory = memory.and(next.event());
      }
    }
  }

  /** Of a call of eight events: two are rung in turn, the second answers. */
  private static Waiting waiting(int number, long arrivedMillis) {
    var type =
        switch (number) {
          case 1 -> "call.initiated";
          case 2 -> "call.ivr_started";
          case 3, 4 -> "call.dial_begin";
          case 5 -> "call.answered";
          case 6 -> "call.dial_begin";
          case 7 -> "call.end";
          default -> "call.summary";
        };
    return waiting(type, number, arrivedMillis);
  }

  private static Waiting waiting(String type, int number, long arrivedMillis) {
    return new Waiting(
        arrivedMillis * 10 + number,
        Samples.event(
            Samples.post(
                "{\"event_id\":\"%s-%d\",\"event_type\":\"%s\",\"event_sequence\":%d,\"channel\":\"call\",\"session_id\":\"c\",\"payload\":{}}"
                    .formatted(type, number, type, number))),
        arrivedMillis);
  }
}
