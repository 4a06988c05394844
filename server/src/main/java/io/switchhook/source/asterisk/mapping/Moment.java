package io.switchhook.source.asterisk.mapping;

import io.switchhook.source.asterisk.ami.AmiMessage;
import java.time.Instant;

/**
 * When something happened.
 *
 * @param happenedAt by the server's clock where it says, else when we heard of it
 * @param heardAt by our clock; windows and ages count by it
 * @param isReconstructed true when it was not heard but put together afterwards
 */
record Moment(Instant happenedAt, Instant heardAt, boolean isReconstructed) {
  static Moment of(AmiMessage message, Instant heardAt) {
    return new Moment(message.timestamp().orElse(heardAt), heardAt, false);
  }

  static Moment heard(Instant heardAt) {
    return new Moment(heardAt, heardAt, false);
  }

  static Moment reconstructed(Instant heardAt) {
    return new Moment(heardAt, heardAt, true);
  }
}
