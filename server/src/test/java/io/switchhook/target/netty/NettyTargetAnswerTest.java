package io.switchhook.target.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.target.Outcome.Delivered;
import io.switchhook.target.Outcome.Reason;
import io.switchhook.target.Outcome.Refused;
import io.switchhook.target.Outcome.Unreachable;
import io.switchhook.target.Shapes;
import io.switchhook.webhook.RequestShape.Header;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NettyTargetAnswerTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nGood";

  private final TargetFixture fixture = TargetFixture.onLoopback();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Nested
  class Body {
    @Test
    void inChunksIsReadToItsEnd() throws Exception {
      var answer =
          String.join(
              "\r\n",
              "HTTP/1.1 200 OK",
              "Transfer-Encoding: chunked",
              "",
              "2",
              "Go",
              "2;x=1",
              "od",
              "0",
              "Trailer: 1",
              "",
              "");
      try (var server = RawServer.plain(RawServer.answering(answer))) {
        for (var i = 0; i < 2; i++) {
          assertGood((Delivered) fixture.attempt(Shapes.post(server.url())));
        }
        assertThat(server.connectionCount()).as("kept alive").isEqualTo(1);
      }
    }

    @Test
    void untilTheConnectionClosesIsWhole() throws Exception {
      RawServer.Behaviour closes =
          connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 200 OK\r\n\r\nGood");
          };
      try (var server = RawServer.plain(closes)) {
        assertGood((Delivered) fixture.attempt(Shapes.post(server.url())));
        assertThat(fixture.target.openConnections()).isZero();
      }
    }

    @Test
    void inManyPiecesIsPutTogether() throws Exception {
      RawServer.Behaviour drips =
          connection -> {
            connection.readRequest();
            connection.drip(OK, 1);
          };
      try (var server = RawServer.plain(drips)) {
        assertGood((Delivered) fixture.attempt(Shapes.post(server.url())));
      }
    }

    @Test
    void isNotWaitedForWhereThereIsNone() throws Exception {
      var answer = "HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n";
      try (var server = RawServer.plain(RawServer.answering(answer))) {
        for (var i = 0; i < 2; i++) {
          var refused = (Refused) fixture.attempt(Shapes.get(server.url()));
          assertThat(refused.status()).isEqualTo(304);
          assertThat(refused.answer().body().size()).isZero();
          assertThat(refused.answer().cut()).isFalse();
        }
        assertThat(server.connectionCount()).as("kept alive").isEqualTo(1);
      }
    }

    private static void assertGood(Delivered delivered) {
      assertThat(delivered.answer().body().utf8()).isEqualTo("Good");
      assertThat(delivered.answer().cut()).isFalse();
    }
  }

  @Nested
  class InformationalAnswer {
    @Test
    void isNotTheAnswer() throws Exception {
      var answer =
          "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK;
      try (var server = RawServer.plain(RawServer.answering(answer))) {
        for (var i = 0; i < 2; i++) {
          var delivered = (Delivered) fixture.attempt(Shapes.post(server.url()));
          assertThat(delivered.status()).isEqualTo(200);
          assertThat(delivered.answer().headers())
              .noneMatch(header -> header.name().equals("Link"));
        }
        assertThat(server.connectionCount()).as("kept alive").isEqualTo(1);
      }
    }

    @Test
    void isNotTakenWithoutEnd() throws Exception {
      RawServer.Behaviour endless =
          connection -> {
            connection.readRequest();
            connection.repeat("HTTP/1.1 100 Continue\r\n\r\n");
          };
      try (var server = RawServer.plain(endless)) {
        assertThat(((Unreachable) fixture.attempt(Shapes.post(server.url()))).reason())
            .isEqualTo(Reason.BAD_ANSWER);
      }
    }

    @Test
    void thatSwitchesProtocolsIsARefusalAndEndsTheConnection() throws Exception {
      var answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";
      try (var server = RawServer.plain(RawServer.answering(answer))) {
        for (var i = 0; i < 2; i++) {
          assertThat(((Refused) fixture.attempt(Shapes.post(server.url()))).status())
              .isEqualTo(101);
        }
        assertThat(server.connectionCount()).isEqualTo(2);
      }
    }
  }

  @Nested
  class Request {
    @Test
    void isNotSentWithCharactersThatHttpDoesNotAllow() throws Exception {
      try (var server = RawServer.plain(RawServer.answering(OK))) {
        for (var header :
            List.of(
                new Header("X-A", "1\nX-B: 2"),
                new Header("X-A", "\u0000"),
                new Header("X-A", "\u007f"),
                new Header("X-A", "\u010a"),
                new Header("X-A", "\u20ac"),
                new Header("X A", "1"),
                new Header("X-A:", "1"),
                new Header("X\r\nA", "1"),
                new Header("\u00e4", "1"),
                new Header("", "1"))) {
          var outcome = fixture.attempt(Shapes.post(server.url()).headers(header));

          assertThat(((Unreachable) outcome).words())
              .as(header.name())
              .isEqualTo(
                  "nothing was sent: a header of the webhook has characters that HTTP does not allow");
        }
        assertThat(server.requestCount()).isZero();
      }
    }

    @Test
    void isSentWithHeadersOfAnySize() throws Exception {
      try (var server = RawServer.plain(RawServer.answering(OK))) {
        for (var size : new int[] {0, 4_096, 100_000, 1}) {
          var value = "x".repeat(size);
          fixture.attempt(Shapes.post(server.url()).headers(new Header("X-A", value)));

          assertThat(server.nextRequest()).contains("\r\nX-A: " + value + "\r\n");
        }
      }
    }
  }
}
