package io.switchhook.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes a recorded log one of a call that happens now: fresh ids, present times. */
final class Retelling {
  private static final DateTimeFormatter UTC_SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final String companyId;
  private final RandomGenerator random;

  Retelling(String companyId, RandomGenerator random) {
    this.companyId = companyId;
    this.random = random;
  }

  /** A call that is told: its uid, its begin, its reference. */
  record Call(String uid, Instant startedAt, String reference) {}

  /** The call with this number, counted from 1, that begins now. */
  Call call(int number, Instant now) {
    return new Call(
        "demo." + now.getEpochSecond() + "." + number,
        now,
        new UUID(random.nextLong(), random.nextLong()).toString());
  }

  /** A recorded log as one of this call that is written now. */
  ObjectNode log(ObjectNode recorded, Call call, Instant now) {
    var log = recorded.deepCopy();
    log.put("id", String.format("%08x%08x", now.getEpochSecond(), random.nextInt()));
    log.put("uid", call.uid());
    log.put("company_id", companyId);
    log.put("created", UTC_SECONDS.format(now));
    log.put("call_time", UTC_SECONDS.format(call.startedAt()));
    if (recorded.path("reference_id").isTextual()) {
      log.put("reference_id", call.reference());
    }
    return log;
  }
}
