package io.switchhook.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The installation's settings, complete and checked. Each key is described in {@link Keys}. */
public record Settings(
    Server server, Data data, Targets targets, Delivery delivery, List<SourceSection> sources) {
  public Settings {
    sources = List.copyOf(sources);
  }

  /** Where the server listens; port 0 takes a free one. */
  public record Server(String bind, int port) {}

  /**
   * What is kept where, and for how long.
   *
   * @param retention how long events are kept at least, in whole days' files
   * @param minimumFreeBytes below this the API takes no events
   * @param dedupeWindow how long after a call's last event a repeat of one is recognised; not
   *     longer than the retention
   */
  public record Data(
      Path directory, Duration retention, long minimumFreeBytes, Duration dedupeWindow) {}

  /**
   * Where webhooks may point.
   *
   * @param allowedNetworks networks in CIDR form, such as {@code 10.0.0.0/8}, that may be reached
   *     although they are not public
   */
  public record Targets(List<String> allowedNetworks) {
    public Targets {
      allowedNetworks = List.copyOf(allowedNetworks);
    }
  }

  /**
   * How events are told.
   *
   * @param timeout of an exchange, for webhooks that name none
   * @param retrySchedule the pauses after the first, second … failed attempt
   * @param memoryBytes how much of the events waiting may be held in memory
   */
  public record Delivery(
      Duration timeout, List<Duration> retrySchedule, TimeToLive timeToLive, long memoryBytes) {
    public Delivery {
      retrySchedule = List.copyOf(retrySchedule);
    }
  }

  /**
   * How long an event may wait from its acceptance, for webhooks that name no time of their own.
   */
  public record TimeToLive(
      Duration inCall, Duration inCallFinal, Duration afterCall, Duration disposition) {}
}
