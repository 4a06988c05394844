package io.switchhook.bench.console;

import io.switchhook.event.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Somebody who has logged in and looks at pages, one after the other, over one connection. */
public final class VisitPages implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final String cookie;

  /**
   * A page, as it was found.
   *
   * @param bytes of what was sent, unpacked
   * @param sent bytes of the body on the wire
   * @param micros how long each visit took, from the request to the last byte, sorted
   */
  public record Visited(String name, long bytes, long sent, List<Long> micros) {
    public Visited {
      micros = List.copyOf(micros);
    }

    /** Half of the visits took at most so long. */
    public long medianMicros() {
      return micros.get(micros.size() / 2);
    }

    /** 95 of 100 visits took at most so long. */
    public long p95Micros() {
      return micros.get((int) Math.ceil(micros.size() * 0.95) - 1);
    }
  }

  /** What one request brought. */
  private record Answer(Bytes body, long sent, long micros) {}

  /** Logs in with this key. */
  public VisitPages(String url, String key) throws IOException, InterruptedException {
    this.url = url;
    var form = "key=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
    var answer =
        http.send(
            HttpRequest.newBuilder(URI.create(url + "/console/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString(form))
                .build(),
            BodyHandlers.discarding());
    var header = answer.headers().firstValue("Set-Cookie").orElse("");
    if (answer.statusCode() != 303 || header.isEmpty()) {
      throw new IllegalStateException("the console does not let in: " + answer.statusCode());
    }
    this.cookie = header.substring(0, header.indexOf(';'));
  }

  /** The text of a page. */
  public String text(String path) throws IOException, InterruptedException {
    return get(path).body().utf8();
  }

  /**
   * Visits all pages in turn, so often after a warm-up of as many rounds as {@code warmUps}.
   *
   * @param pages their addresses by their names
   */
  public List<Visited> visit(Map<String, String> pages, int warmUps, int rounds)
      throws IOException, InterruptedException {
    var micros = new LinkedHashMap<String, List<Long>>();
    var last = new LinkedHashMap<String, Answer>();
    for (var round = -warmUps; round < rounds; round++) {
      for (var page : pages.entrySet()) {
        var answer = get(page.getValue());
        last.put(page.getKey(), answer);
        if (round >= 0) {
          micros.computeIfAbsent(page.getKey(), _ -> new ArrayList<>()).add(answer.micros());
        }
      }
    }
    var visited = new ArrayList<Visited>();
    last.forEach(
        (name, answer) ->
            visited.add(
                new Visited(
                    name,
                    answer.body().size(),
                    answer.sent(),
                    micros.getOrDefault(name, List.of()).stream().sorted().toList())));
    return visited;
  }

  private Answer get(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(PATIENCE)
            .header("Cookie", cookie)
            .header("Accept-Encoding", "gzip")
            .build();
    var began = System.nanoTime();
    var answer = http.send(request, BodyHandlers.ofByteArray());
    var micros = (System.nanoTime() - began) / 1_000;
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + " is answered with " + answer.statusCode());
    }
    return new Answer(Bytes.wrap(unpacked(answer)), answer.body().length, micros);
  }

  private static byte[] unpacked(HttpResponse<byte[]> answer) throws IOException {
    if (!answer.headers().firstValue("Content-Encoding").orElse("").equals("gzip")) {
      return answer.body();
    }
    try (var packed = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      return packed.readAllBytes();
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
