package io.switchhook.history.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class LatestUsedTest {
  @Test
  void whatWasNotUsedForLongestGoesFirst() {
    Map<String, Integer> map = LatestUsed.map(2);
    map.put("a", 1);
    map.put("b", 2);
    assertThat(map.get("a")).isEqualTo(1);
    map.put("c", 3);
    assertThat(map).containsOnlyKeys("a", "c");
  }
}
