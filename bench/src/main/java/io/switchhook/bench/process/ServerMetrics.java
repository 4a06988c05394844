package io.switchhook.bench.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a server says of itself at {@code /metrics} (Prometheus text format).
 *
 * @param lanes calls that wait at webhooks; -1 when it does not say
 * @param lanesMax the same at the webhook with the most, where it tells them apart
 * @param detached webhooks that are read on their own; -1 when it does not say
 * @param disk what it made durable
 */
public record ServerMetrics(long lanes, long lanesMax, long detached, DiskCounts disk) {
  /** Of a server that says nothing. */
  public static final ServerMetrics NONE = new ServerMetrics(-1, -1, -1, DiskCounts.NONE);

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final List<String> LANES =
      List.of("switchhook_lanes", "switchhook_delivery_lanes");
  private static final String COMMITS = "switchhook_disk_commits_total";
  private static final String CHECKPOINTS = "switchhook_disk_checkpoints_total";
  private static final List<String> DETACHED =
      List.of("switchhook_webhooks_detached", "switchhook_delivery_webhooks_detached");

  /** Asks a server; empty when it does not answer. */
  public static Optional<ServerMetrics> of(HttpClient http, String server, String key)
      throws InterruptedException {
    try {
      var request =
          HttpRequest.newBuilder(URI.create(server + "/metrics"))
              .timeout(PATIENCE)
              .header("Authorization", "Bearer " + key)
              .build();
      var answer = http.send(request, BodyHandlers.ofString());
      return answer.statusCode() == 200 ? Optional.of(read(answer.body())) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Reads the text. */
  static ServerMetrics read(String text) {
    return new ServerMetrics(
        sum(text, LANES),
        max(text, LANES),
        sum(text, DETACHED),
        new DiskCounts(byFile(text, COMMITS), byFile(text, CHECKPOINTS)));
  }

  private static Map<String, Long> byFile(String text, String name) {
    var start = name + "{file=\"";
    return text.lines()
        .filter(line -> line.startsWith(start))
        .collect(
            Collectors.toMap(
                line -> line.substring(start.length(), line.indexOf('"', start.length())),
                ServerMetrics::value));
  }

  private static long sum(String text, List<String> names) {
    return names.stream()
        .map(name -> values(text, name))
        .filter(values -> !values.isEmpty())
        .findFirst()
        .map(values -> values.stream().mapToLong(Long::longValue).sum())
        .orElse(-1L);
  }

  private static long max(String text, List<String> names) {
    return names.stream()
        .flatMap(name -> values(text, name).stream())
        .mapToLong(Long::longValue)
        .max()
        .orElse(-1);
  }

  private static List<Long> values(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .map(ServerMetrics::value)
        .toList();
  }

  private static long value(String line) {
    return Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
  }
}
