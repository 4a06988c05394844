package io.switchhook.command.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.switchhook.command.terminal.PlainText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A server's API, with a key. */
public final class Api implements AutoCloseable {
  /** The media type of lines of JSON. */
  public static final String NDJSON = "application/x-ndjson";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** A server writes at least every 15 s while somebody follows; thrice that is no coincidence. */
  private static final Duration SILENCE_MAX = Duration.ofSeconds(45);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI server;
  private final Access access;
  private final Duration silenceMax;

  /**
   * The key, and where it was found.
   *
   * @param source for people: {@code --key}, {@code SWITCHHOOK_KEY}, a file
   */
  public record Access(String key, String source) {
    @Override
    public String toString() {
      return "key from " + source;
    }
  }

  /**
   * An answer of the server.
   *
   * @param body missing when it had none or it was no JSON
   * @param retryAfter from its header; null without one that can be read
   */
  public record Answer(int status, JsonNode body, String etag, @Nullable Duration retryAfter) {
    /** True for 2xx. */
    public boolean isSuccess() {
      return status >= 200 && status < 300;
    }
  }

  /** The API of the server at this address. */
  public Api(URI server, Access access) {
    this(server, access, SILENCE_MAX);
  }

  /** With another patience for a stream that brings nothing. */
  Api(URI server, Access access, Duration silenceMax) {
    this.server = server;
    this.access = access;
    this.silenceMax = silenceMax;
  }

  /** The path of something below a company; every part is encoded. */
  public static String path(String... parts) {
    return "/api/v1/" + List.of(parts).stream().map(Api::encoded).collect(Collectors.joining("/"));
  }

  /** A query of the parameters that have a value; empty when none has. */
  public static String query(Map<String, String> parameters) {
    var query =
        parameters.entrySet().stream()
            .filter(parameter -> !parameter.getValue().isEmpty())
            .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : "?" + query;
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Reads something. */
  public Answer get(String path) {
    return successful(send(request(path).GET().build()));
  }

  /** Sends JSON. */
  public Answer post(String path, JsonNode body) {
    return successful(tryPost(path, body.toString(), "application/json"));
  }

  /** Replaces something with JSON, if it still is what {@code etag} names. */
  public Answer put(String path, JsonNode body, String etag) {
    var request =
        request(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body.toString()));
    if (!etag.isEmpty()) {
      request.header("If-Match", etag);
    }
    return successful(send(request.build()));
  }

  /** Changes the fields named in JSON. */
  public Answer patch(String path, JsonNode body) {
    return successful(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body.toString()))
                .build()));
  }

  /** Removes something. */
  public Answer delete(String path) {
    return successful(send(request(path).DELETE().build()));
  }

  /** Sends text and gives back whatever the server answers. */
  public Answer tryPost(String path, String body, String contentType) {
    return send(
        request(path)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  /**
   * Reads events as they happen until the connection ends, from where {@code lines} was before.
   *
   * @throws ConnectionLostException when there is none, it broke, or nothing came for too long
   */
  public void follow(String path, LiveLines lines) {
    var request = request(path).setHeader("Accept", "text/event-stream");
    if (!lines.lastId().isEmpty()) {
      request.header("Last-Event-ID", lines.lastId());
    }
    lines.begin();
    var response = exchange(request.GET().build(), BodyHandlers.ofInputStream());
    var watch = new SilenceWatch(response.body(), silenceMax);
    try (watch;
        var body =
            new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      if (response.statusCode() != 200) {
        var text = body.lines().collect(Collectors.joining("\n"));
        throw new CommandFailedException(
            reason(new Answer(response.statusCode(), json(text), "", null)));
      }
      for (var line = body.readLine(); line != null; line = body.readLine()) {
        watch.heard();
        lines.line(line);
      }
    } catch (IOException | UncheckedIOException e) {
      throw lost(watch);
    }
    if (watch.wasSilent()) {
      throw lost(watch);
    }
  }

  private ConnectionLostException lost(SilenceWatch watch) {
    return new ConnectionLostException(
        watch.wasSilent()
            ? "Nothing came from " + server + " for " + silenceMax.toSeconds() + " seconds."
            : "The connection to " + server + " was lost while reading what happens.");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server + path))
        .timeout(TIMEOUT)
        .header("Accept", "application/json")
        .header("Authorization", "Bearer " + access.key());
  }

  private Answer send(HttpRequest request) {
    return answer(exchange(request, BodyHandlers.ofString()));
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (ConnectException _) {
      throw new ConnectionLostException(
          "Nothing answers at "
              + server
              + ". Start a server with 'switchhook serve', or name another with --url.");
    } catch (IOException e) {
      throw new ConnectionLostException(
          "The connection to " + server + " was lost: " + PlainText.line(words(e)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("Interrupted.");
    }
  }

  private static String words(IOException e) {
    return Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
  }

  private static Answer answer(HttpResponse<String> response) {
    var etag = response.headers().firstValue("ETag").orElse("");
    var retryAfter =
        response
            .headers()
            .firstValue("Retry-After")
            .filter(text -> text.matches("\\d{1,6}"))
            .map(text -> Duration.ofSeconds(Long.parseLong(text)))
            .orElse(null);
    return new Answer(response.statusCode(), json(response.body()), etag, retryAfter);
  }

  private static JsonNode json(String body) {
    try {
      var node = JSON.readTree(body);
      return node == null ? MissingNode.getInstance() : node;
    } catch (JsonProcessingException _) {
      return MissingNode.getInstance();
    }
  }

  private Answer successful(Answer answer) {
    if (!answer.isSuccess()) {
      throw new CommandFailedException(reason(answer));
    }
    return answer;
  }

  /** Why an answer is a refusal, in words. */
  public String reason(Answer answer) {
    if (answer.status() == 401) {
      return "The server did not accept the key from "
          + access.source()
          + ". Name another with --key or SWITCHHOOK_KEY.";
    }
    return Problem.words(answer, server);
  }

  @Override
  public void close() {
    http.close();
  }
}
