package io.switchhook.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.bench.run.RunResult.HeapPoint;
import io.switchhook.bench.run.RunResult.Timeline;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChecksTest {
  @Test
  void memoryIsFlatWhenOnlyYoungCollectionsLeaveMoreAndMore() {
    var heap = new ArrayList<HeapPoint>();
    for (var second = 0; second < 60; second++) {
      var isFull = second % 10 == 9;
      heap.add(new HeapPoint(second, (isFull ? 40L : 40L + 4L * second) << 20, 5, isFull));
    }
    assertThat(memory(heap)).isTrue();
  }

  @Test
  void memoryIsNotFlatWhenMoreAndMoreIsInUse() {
    assertThat(memory(List.of(full(1, 40), full(2, 42), full(3, 60), full(4, 64)))).isFalse();
  }

  @Test
  void memoryIsNotFlatWhenNobodyLooked() {
    assertThat(memory(List.of(new HeapPoint(1, 40L << 20, 5, /* isFull= */ false)))).isFalse();
    assertThat(memory(List.of(full(1, 40), full(2, 40), full(3, 40)))).isFalse();
  }

  private static HeapPoint full(double atSeconds, long mebibytes) {
    return new HeapPoint(atSeconds, mebibytes << 20, 50, /* isFull= */ true);
  }

  private static boolean memory(List<HeapPoint> heap) {
    var timeline = new Timeline(0, List.of(), List.of(), List.of(), List.of(), heap);
    return Checks.memory(timeline, 0).passed();
  }
}
