package io.switchhook.command.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Following what happens on a server that goes away in one way or another. */
class FollowTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
  private static final String EVENT = "event: call\ndata: {\"uid\":\"c1\"}\nid: run-1\n\n";

  @Test
  void serverThatVanishesSilentlyIsNoticed() throws IOException {
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var api = api(server, Duration.ofMillis(300))) {
      Thread.ofVirtual().start(() -> answer(server, HEAD + EVENT, /* closes= */ false));
      var heard = new ArrayList<String>();
      var lines = new LiveLines((_, data) -> heard.add(data.path("uid").asText()));

      assertThatThrownBy(() -> api.follow("/live", lines))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("Nothing came from");

      assertThat(heard).containsExactly("c1");
      assertThat(lines.lastId()).isEqualTo("run-1");
    }
  }

  @Test
  void serverThatClosesItsEndIsNoFailure() throws IOException {
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var api = api(server, Duration.ofSeconds(20))) {
      Thread.ofVirtual().start(() -> answer(server, HEAD + EVENT, /* closes= */ true));
      var heard = new ArrayList<String>();

      api.follow("/live", new LiveLines((_, data) -> heard.add(data.path("uid").asText())));

      assertThat(heard).isEqualTo(List.of("c1"));
    }
  }

  private static Api api(ServerSocket server, Duration silenceMax) {
    return new Api(
        URI.create("http://127.0.0.1:" + server.getLocalPort()),
        new Api.Access("key", "the test"),
        silenceMax);
  }

  private static void answer(ServerSocket server, String text, boolean closes) {
    try {
      var socket = server.accept();
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      if (closes) {
        socket.close();
      } else {
        // Until the client has had enough.
        socket.getInputStream().readAllBytes();
      }
    } catch (IOException e) {
      // The other side went away, which is what is tested.
    }
  }
}
