package io.switchhook.source.myoperator;

import io.switchhook.event.Identity;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** Ids of logs and events that we make; the same for the same event whenever it is made. */
final class Ids {
  private Ids() {}

  /** As the vendor's: the first eight of 16 hexadecimal digits are the second of its making. */
  static String log(Instant madeAt, String of) {
    return String.format(
        Locale.ROOT,
        "%08x%08x",
        (int) madeAt.getEpochSecond(),
        (int) Identity.ofName("myoperator log id\n" + of).high());
  }

  /** As the vendor's: a UUID. */
  static String event(Identity identity) {
    return new UUID(identity.high(), identity.low()).toString();
  }
}
