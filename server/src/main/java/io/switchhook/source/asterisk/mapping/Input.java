package io.switchhook.source.asterisk.mapping;

import io.switchhook.source.asterisk.AsteriskSettings;
import io.switchhook.source.asterisk.OriginateRequest;
import io.switchhook.source.asterisk.ami.AmiMessage;
import java.time.Instant;
import java.util.List;

/** What the mapping is told. */
public sealed interface Input {
  /** When it came to us, by our clock; never before the one of an earlier input. */
  Instant at();

  /** The manager said something; what is no event, and an unknown event, is passed over. */
  record Heard(AmiMessage message, Instant at) implements Input {}

  /** We hand this request to Asterisk now; before anything is heard of it. */
  record Asked(OriginateRequest request, Instant at) implements Input {}

  /** Asterisk did not take the request with this ActionID (a Response: Error): it tells nothing. */
  record Refused(String actionId, Instant at) implements Input {}

  /**
   * What there is now, after a connection was made: the CoreShowChannel and Status events of one
   * answer each, merged by Uniqueid.
   *
   * @param askedAt when it was asked for: a channel heard of since then is there, listed or not
   */
  record Snapshot(List<AmiMessage> channels, Instant askedAt, Instant at) implements Input {
    public Snapshot {
      channels = List.copyOf(channels);
    }
  }

  /** Asterisk was started anew: whatever went on is over. */
  record Restarted(Instant at) implements Input {}

  /** Nothing came, but {@link AsteriskMapping#nextDue} did. */
  record TimePassed(Instant at) implements Input {}

  /** The settings are others from now on; calls that go on keep what was told of them. */
  record Changed(AsteriskSettings settings, Instant at) implements Input {}

  /** The calls that the journal says go on; once, before the first snapshot of a process. */
  record Remembered(List<OpenCall> calls, Instant at) implements Input {
    public Remembered {
      calls = List.copyOf(calls);
    }
  }
}
