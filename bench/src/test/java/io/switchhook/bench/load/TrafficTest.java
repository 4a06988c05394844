package io.switchhook.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.bench.load.Traffic.Groups;
import io.switchhook.bench.load.Traffic.LogKind;
import io.switchhook.bench.load.Traffic.Shape;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrafficTest {
  private static Traffic traffic(int companies, int groups, int batch, int eventsPerCall) {
    var shape = new Shape(LogKind.IN_CALL, batch, eventsPerCall, Duration.ofMillis(100));
    return Traffic.toAll(new Layout(companies, groups, 1), 1_000, shape, Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "1,7,1,4", "1,50,10,3", "4,4,1,4", "4,20,25,4", "3,9,50,1"})
  void everyEventHasOnePlaceInOneCall(int companies, int groups, int batch, int eventsPerCall) {
    var traffic = traffic(companies, groups, batch, eventsPerCall);
    var seen = new HashSet<String>();
    for (var ordinal = 0L; ordinal < traffic.count(); ordinal++) {
      var call = traffic.callOf(ordinal);
      var place = traffic.placeOf(ordinal);
      assertThat(traffic.ordinalOf(call, place)).isEqualTo(ordinal);
      assertThat(seen.add(call + "/" + place)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "1,7,1,4", "1,50,10,3", "4,4,1,4", "4,20,25,4", "3,9,50,1"})
  void callStaysWithOneGroupOneCompanyAndOneStrand(
      int companies, int groups, int batch, int eventsPerCall) {
    var traffic = traffic(companies, groups, batch, eventsPerCall);
    var strands = new HashMap<Long, Long>();
    var used = new HashSet<Integer>();
    for (var ordinal = 0L; ordinal < traffic.count(); ordinal++) {
      var call = traffic.callOf(ordinal);
      var request = traffic.requestOf(ordinal);
      var group = traffic.groupOf(call);
      used.add(group);
      assertThat(traffic.layout().companyOf(group)).isEqualTo(traffic.companyOf(request));
      var strand = strands.putIfAbsent(call, traffic.strandOf(request));
      assertThat(strand).isIn(null, traffic.strandOf(request));
    }
    assertThat(used).hasSize(groups);
  }

  @Test
  void someGroupsHearOnlyWhatIsForThem() {
    var shape = new Shape(LogKind.AFTER_CALL, 2, 2, Duration.ofSeconds(1));
    var traffic = Traffic.toSome(Layout.ofWebhooks(5), new Groups(3, 2), 100, shape).ofCount(1_000);
    for (var call = 0L; call < 500; call++) {
      assertThat(traffic.groupOf(call)).isIn(3, 4);
    }
  }

  @Test
  void requestsAreDueAtAnEvenPace() {
    var traffic = traffic(1, 1, 10, 1);
    assertThat(traffic.dueNanos(0)).isZero();
    assertThat(traffic.dueNanos(100)).isEqualTo(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void tokenSaysWhatWasWritten() {
    var bytes = "{\"id\":\"0123456789abcdef\"}".getBytes(StandardCharsets.US_ASCII);
    Token.write(bytes, 7, 201, 123_456_789_012L);
    var at = Token.find(bytes, 0, bytes.length);
    assertThat(at).isEqualTo(7);
    assertThat(Token.trafficOf(bytes, at)).isEqualTo(201);
    assertThat(Token.ordinalOf(bytes, at)).isEqualTo(123_456_789_012L);
  }

  @Test
  void lostConnectionWritesEverythingThatIsNotAnsweredAgain() {
    var unanswered = new Unanswered();
    for (var request = 0; request < 1_000; request++) {
      unanswered.add(3, request);
    }
    unanswered.wrote();
    unanswered.wrote();
    assertThat(Unanswered.requestOf(unanswered.answered())).isZero();
    unanswered.lost();
    assertThat(Unanswered.requestOf(unanswered.unwritten())).isEqualTo(1);
    assertThat(Unanswered.trafficOf(unanswered.unwritten())).isEqualTo(3);
    assertThat(unanswered.count()).isEqualTo(999);
  }
}
