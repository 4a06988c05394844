package io.switchhook.console.now;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.console.LoggedIn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stream of the page of now. */
class NowStreamTest {
  @TempDir Path folder;
  private LoggedIn console;

  @BeforeEach
  void start() {
    console = new LoggedIn(folder, "[]");
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void whoComesBackAfterALostConnectionSeesWhatHappenedMeanwhile() throws IOException {
    try (var stream = new Stream()) {
      stream.await("innerHTML:#calls");
      send("c1");
      stream.await("/calls/c1\"");
    }
    send("c2");
    try (var other = new Stream()) {
      other.await("/calls/c2\"");
    }

    try (var again = new Stream()) {
      var whole = again.await("id=\"rates\"");
      assertThat(whole).contains("innerHTML:#calls", "/calls/c1\"", "/calls/c2\"");
    }
  }

  @Test
  void loggingOutEndsTheStreamOfThatSessionAndOfNoOther() throws IOException {
    var other = console.cookie();
    console.logInWith(console.adminKey());
    try (var stream = new Stream();
        var ofOther = new Stream(other)) {
      stream.await("innerHTML:#calls");
      ofOther.await("innerHTML:#calls");

      var out =
          console.send(
              HttpRequest.newBuilder(console.uri("/console/logout"))
                  .header("Cookie", console.cookie())
                  .header("Sec-Fetch-Site", "same-origin")
                  .POST(BodyPublishers.noBody()));
      assertThat(out.statusCode()).isEqualTo(303);

      stream.awaitEnd();
      send("c9");
      ofOther.await("/calls/c9\"");
    }
  }

  private void send(String uid) {
    console.api(
        "POST",
        "/companies/default/events",
        "{\"id\":\"1\",\"uid\":\"" + uid + "\",\"call_state\":\"5\",\"event\":\"1\"}");
  }

  /** A browser that listens. */
  private final class Stream implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader lines;

    Stream() throws IOException {
      this(console.cookie());
    }

    Stream(String cookie) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), console.port());
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              ("GET /console/c/default/now/live HTTP/1.1\r\nHost: x\r\nCookie: "
                      + cookie
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** All that comes up to the line that has this. */
    String await(String text) throws IOException {
      var read = new StringBuilder();
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        read.append(line).append('\n');
        if (line.contains(text)) {
          return read.toString();
        }
      }
      throw new AssertionError("the stream ended before " + text + ":\n" + read);
    }

    /** Reads until the server cuts the stream. */
    void awaitEnd() {
      try {
        while (lines.readLine() != null) {
          // What happened meanwhile.
        }
      } catch (SocketTimeoutException e) {
        throw new AssertionError("the stream goes on", e);
      } catch (IOException e) {
        // Cut.
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
