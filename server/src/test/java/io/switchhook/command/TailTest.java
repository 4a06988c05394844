package io.switchhook.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.command.terminal.Terminal;
import io.switchhook.config.SettingsReader;
import io.switchhook.config.SettingsResult;
import io.switchhook.config.SettingsSources;
import io.switchhook.runtime.Server;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code calls tail} against a server. */
class TailTest {
  private static final String KEY = "a-key-of-more-than-thirty-two-characters";

  @TempDir Path folder;

  @Test
  @Timeout(60)
  void whatHappensIsPrintedAndGoesOnAfterARestart() throws Exception {
    var server = started(0);
    int port = server.port();
    var lines = new LinkedBlockingQueue<String>();
    var tail = Thread.ofPlatform().daemon().start(() -> tail(port, new Lines(lines)));
    try {
      // The first calls may come before the tail has begun to listen.
      var number = new AtomicInteger();
      await(lines, "c1-", () -> send(port, "c1-" + number.incrementAndGet()));

      server.close();
      server = started(port);
      send(port, "c2");

      assertThat(await(lines, "c2", () -> {}))
          .contains("919711636496", "dialing users: 918586848501");
    } finally {
      tail.interrupt();
      server.close();
    }
  }

  /** The next line that has this; does something again and again until it comes. */
  private static String await(BlockingQueue<String> lines, String text, Runnable meanwhile)
      throws InterruptedException {
    while (true) {
      var line = lines.poll(250, TimeUnit.MILLISECONDS);
      if (line == null) {
        meanwhile.run();
      } else if (line.contains(text)) {
        return line;
      }
    }
  }

  /** Hands on whole lines. */
  private static final class Lines extends OutputStream {
    private final BlockingQueue<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Lines(BlockingQueue<String> lines) {
      this.lines = lines;
    }

    @Override
    public void write(int octet) {
      if (octet == '\n') {
        lines.add(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else {
        line.write(octet);
      }
    }
  }

  private static void tail(int port, OutputStream out) {
    var terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, /* autoFlush= */ true, StandardCharsets.UTF_8),
            new PrintStream(
                OutputStream.nullOutputStream(), /* autoFlush= */ true, StandardCharsets.UTF_8),
            /* isInteractive= */ false,
            Map.of(),
            () -> Shell.NOW,
            ZoneId.of("Asia/Kolkata"));
    CommandLines.of(terminal, Map.of())
        .execute("calls", "tail", "--url", "http://127.0.0.1:" + port, "--key", KEY);
  }

  private Server started(int port) {
    var overrides =
        Map.of(
            "server.bind", List.of("127.0.0.1"),
            "server.port", List.of(String.valueOf(port)),
            "data.directory", List.of(folder.toString()),
            "data.minimum-free", List.of("1MB"));
    return switch (SettingsReader.read(new SettingsSources(null, Map.of(), overrides))) {
      case SettingsResult.Complete(var settings) ->
          Server.start(settings, Map.of("SWITCHHOOK_ADMIN_KEY", KEY));
      case SettingsResult.Mistaken(var mistakes) ->
          throw new IllegalStateException(mistakes.getFirst().sentence());
    };
  }

  private static void send(int port, String uid) {
    var log =
        """
        {"id":"1","uid":"%s","call_state":"5","event":"1","clid_raw":"919711636496","clid":"9711636496","users":["918586848501"]}
        """
            .formatted(uid);
    try (var http = HttpClient.newHttpClient()) {
      var answer =
          http.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + port + "/api/v1/companies/default/events"))
                  .header("Authorization", "Bearer " + KEY)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(log))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(202);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
