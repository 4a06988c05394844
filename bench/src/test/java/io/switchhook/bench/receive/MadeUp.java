package io.switchhook.bench.receive;

import io.switchhook.bench.load.Token;

/** Requests that nobody sent. */
public final class MadeUp {
  private final Heard heard = new Heard();

  private MadeUp(int webhook, long ordinal) {
    heard.webhook = webhook;
    heard.ordinal = ordinal;
  }

  /**
   * A request of traffic 0 with what the server would say of an event at this place of its call.
   */
  public static MadeUp request(int webhook, long ordinal, int place) {
    var made = new MadeUp(webhook, ordinal);
    made.heard.idHash = Token.hash("e_" + ordinal);
    made.heard.sequence = place + 1;
    made.heard.previous = place;
    made.heard.skipped = -1;
    made.heard.firstByteNanos = System.nanoTime();
    return made;
  }

  /** It says that so many were skipped. */
  public MadeUp skipped(int count) {
    heard.skipped = count;
    return this;
  }

  /** It has another id. */
  public MadeUp otherId() {
    heard.idHash++;
    return this;
  }

  /** It has another number within its call. */
  public MadeUp sequence(int sequence) {
    heard.sequence = sequence;
    return this;
  }

  /** It says that it is a replay. */
  public MadeUp replay() {
    heard.replay = true;
    return this;
  }

  /** What a receiver would hear. */
  public Heard heard() {
    return heard;
  }
}
