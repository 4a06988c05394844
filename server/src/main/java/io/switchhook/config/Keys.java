package io.switchhook.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** All keys, in the order of the file. */
final class Keys {
  static final Key<String> SERVER_BIND =
      key(
          "server.bind",
          "The address on which the API and the console listen.",
          ValueTypes.bindAddress(),
          "127.0.0.1");
  static final Key<Integer> SERVER_PORT =
      key(
          "server.port",
          "The TCP port; 0 takes a free one.",
          ValueTypes.wholeNumber(0, 65_535),
          "8080");
  static final Key<Path> DATA_DIRECTORY =
      key(
          "data.directory",
          "The folder that holds everything: journal, history, configuration, keys.",
          ValueTypes.directory(),
          "./switchhook-data");
  static final Key<Duration> DATA_RETENTION =
      key(
          "data.retention",
          "How long events and what became of them are kept, in whole days (UTC); at most one day is dropped an hour.",
          ValueTypes.duration("1d", "3650d"),
          "30d");
  static final Key<Long> DATA_MINIMUM_FREE =
      key(
          "data.minimum-free",
          "When less is free on the disk, no events are taken (503); what was taken is still told.",
          ValueTypes.size("0B", "100TB"),
          "256MB");
  static final Key<Duration> DATA_DEDUPE_WINDOW =
      key(
          "data.dedupe-window",
          "How long after a call's last event a repeated one is recognised and not told twice; never longer than data.retention.",
          ValueTypes.duration("1m", "30d"),
          "96h");
  static final Key<List<String>> TARGETS_ALLOWED_NETWORKS =
      new Key<>(
          "targets.allowed-networks",
          "Networks that webhooks may reach although they are not public; also the flag --allow-network.",
          ValueType.listOf(ValueTypes.network(), 0, 100),
          List.of());
  static final Key<Duration> DELIVERY_TIMEOUT =
      key(
          "delivery.timeout",
          "How long a receiver may take for the whole exchange, unless its webhook says otherwise.",
          ValueTypes.duration("100ms", "60s"),
          "15s");
  static final Key<List<Duration>> DELIVERY_RETRY_SCHEDULE =
      new Key<>(
          "delivery.retry-schedule",
          "The pauses after the first, second … failed attempt (20 % jitter is added); then it is given up.",
          ValueType.listOf(ValueTypes.duration("10ms", "7d"), 1, 50),
          List.of(
              "1s", "5s", "15s", "30s", "1m", "5m", "15m", "30m", "1h", "2h", "4h", "8h", "12h",
              "24h"));
  static final Key<Duration> TIME_TO_LIVE_IN_CALL =
      timeToLive("in-call", "How long news of a running call is worth telling.", "60s");
  static final Key<Duration> TIME_TO_LIVE_IN_CALL_FINAL =
      timeToLive("in-call-final", "The same for a call's end (states 2, 4, 7 and 9).", "72h");
  static final Key<Duration> TIME_TO_LIVE_AFTER_CALL =
      timeToLive("after-call", "The same for after-call logs.", "72h");
  static final Key<Duration> TIME_TO_LIVE_DISPOSITION =
      timeToLive("disposition", "The same for dispositions.", "72h");
  static final Key<Long> DELIVERY_MEMORY =
      key(
          "delivery.memory",
          "How much memory events that wait may take; beyond it they are read from the disk.",
          ValueTypes.size("1MB", "64GB"),
          "64MB");

  /** Only its place and words: what stands there is read by {@link ReadSources}. */
  static final Key<List<String>> SOURCES =
      new Key<>(
          "sources",
          "Phone systems to listen to, each with its type, its name and the keys of its type.",
          new ValueType<>(
              "a list of sources: - {type: asterisk, name: office, …}",
              ValueType.Form.LIST,
              _ -> new Key.Read.Value<>(List.of())),
          List.of());

  static final List<Key<?>> ALL =
      List.of(
          SERVER_BIND,
          SERVER_PORT,
          DATA_DIRECTORY,
          DATA_RETENTION,
          DATA_MINIMUM_FREE,
          DATA_DEDUPE_WINDOW,
          TARGETS_ALLOWED_NETWORKS,
          DELIVERY_TIMEOUT,
          DELIVERY_RETRY_SCHEDULE,
          TIME_TO_LIVE_IN_CALL,
          TIME_TO_LIVE_IN_CALL_FINAL,
          TIME_TO_LIVE_AFTER_CALL,
          TIME_TO_LIVE_DISPOSITION,
          DELIVERY_MEMORY,
          SOURCES);

  private Keys() {}

  /** Reads one key's value from wherever it was given. */
  interface Lookup {
    <T> T of(Key<T> key);

    /** The sources, which no key holds. */
    List<SourceSection> sources();
  }

  /** Puts the tree together. */
  static Settings tree(Lookup value) {
    return new Settings(
        new Settings.Server(value.of(SERVER_BIND), value.of(SERVER_PORT)),
        new Settings.Data(
            value.of(DATA_DIRECTORY),
            value.of(DATA_RETENTION),
            value.of(DATA_MINIMUM_FREE),
            // What was dropped cannot be recognised; so the window says no more than what is kept.
            Collections.min(List.of(value.of(DATA_DEDUPE_WINDOW), value.of(DATA_RETENTION)))),
        new Settings.Targets(value.of(TARGETS_ALLOWED_NETWORKS)),
        new Settings.Delivery(
            value.of(DELIVERY_TIMEOUT),
            value.of(DELIVERY_RETRY_SCHEDULE),
            new Settings.TimeToLive(
                value.of(TIME_TO_LIVE_IN_CALL),
                value.of(TIME_TO_LIVE_IN_CALL_FINAL),
                value.of(TIME_TO_LIVE_AFTER_CALL),
                value.of(TIME_TO_LIVE_DISPOSITION)),
            value.of(DELIVERY_MEMORY)),
        value.sources());
  }

  private static <T> Key<T> key(String name, String sentence, ValueType<T> type, String byDefault) {
    return new Key<>(name, sentence, type, List.of(byDefault));
  }

  private static Key<Duration> timeToLive(String kind, String sentence, String byDefault) {
    return key(
        "delivery.time-to-live." + kind, sentence, ValueTypes.duration("1s", "30d"), byDefault);
  }
}
