package io.switchhook.source.myoperator;

import io.switchhook.calllog.v2.Envelope;
import io.switchhook.calllog.v2.Leg;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What is asked of an event of the second generation in more than one place. */
final class VendorEnvelope {
  /** Legs beyond this are not looked at. */
  private static final int LEGS_MAX = 100;

  private static final Instant TIME_MAX = Instant.parse("9999-12-31T23:59:59Z");

  private VendorEnvelope() {}

  /** The legs, as many as are looked at. */
  static List<Leg> legs(Envelope envelope) {
    return envelope.call().legs().stream().limit(LEGS_MAX).toList();
  }

  /** The legs of agents, in their order. */
  static List<Leg> agents(Envelope envelope) {
    return legs(envelope).stream().filter(leg -> !leg.isCustomer()).toList();
  }

  /** True when it names a time that no log can write: before 1970, or after the year 9999. */
  static boolean hasImpossibleTime(Envelope envelope) {
    var call = envelope.call();
    return Stream.concat(
            Stream.of(envelope.timestamp(), call.startedAt(), call.endedAt()),
            call.legs().stream()
                .flatMap(leg -> Stream.of(leg.startedAt(), leg.answeredAt(), leg.endedAt())))
        .filter(Objects::nonNull)
        .anyMatch(time -> time.isBefore(Instant.EPOCH) || time.isAfter(TIME_MAX));
  }
}
