package io.switchhook.target.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.target.Outcome;
import io.switchhook.target.Outcome.Delivered;
import io.switchhook.target.Outcome.Reason;
import io.switchhook.target.Outcome.Refused;
import io.switchhook.target.Outcome.Unreachable;
import io.switchhook.target.Shapes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NettyTargetTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nGood";
  private static final int SHORT_MILLIS = 300;

  private final TargetFixture fixture = TargetFixture.onLoopback();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Nested
  class Delivery {
    @Test
    void isA2xxWithItsAnswer() throws Exception {
      try (var server = RawServer.plain(RawServer.answering(OK))) {
        var delivered = delivered(fixture.attempt(Shapes.post(server.url())));

        assertThat(delivered.status()).isEqualTo(200);
        assertThat(delivered.answer().body().utf8()).isEqualTo("Good");
        assertThat(delivered.answer().cut()).isFalse();
        assertThat(delivered.took()).isPositive();
      }
    }

    @Test
    void needsNoBody() throws Exception {
      try (var server = RawServer.plain(RawServer.answering("HTTP/1.1 204 No Content\r\n\r\n"))) {
        assertThat(delivered(fixture.attempt(Shapes.get(server.url()))).status()).isEqualTo(204);
        assertThat(delivered(fixture.attempt(Shapes.get(server.url()))).status()).isEqualTo(204);
        assertThat(server.connectionCount()).as("kept alive").isEqualTo(1);
      }
    }

    @Test
    void comesAfter100Continue() throws Exception {
      var answer = "HTTP/1.1 100 Continue\r\n\r\n".repeat(3) + OK;
      try (var server = RawServer.plain(RawServer.answering(answer))) {
        assertThat(delivered(fixture.attempt(Shapes.post(server.url()))).status()).isEqualTo(200);
      }
    }

    @Test
    void keeps256BytesOfTheBody() throws Exception {
      var answer = "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + "x".repeat(5_000);
      try (var server = RawServer.plain(RawServer.answering(answer))) {
        var delivered = delivered(fixture.attempt(Shapes.post(server.url())));

        assertThat(delivered.answer().body().size()).isEqualTo(256);
        assertThat(delivered.answer().cut()).isTrue();
        assertThat(delivered(fixture.attempt(Shapes.post(server.url()))).status()).isEqualTo(200);
        assertThat(server.connectionCount()).as("kept alive").isEqualTo(1);
      }
    }

    @Test
    void isNotUndoneByABodyThatNeverEnds() throws Exception {
      RawServer.Behaviour endless =
          connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 200 OK\r\n\r\n");
            connection.repeat("x".repeat(1_000));
          };
      try (var server = RawServer.plain(endless)) {
        var delivered = delivered(fixture.attempt(Shapes.post(server.url())));

        assertThat(delivered.answer().body().size()).isEqualTo(256);
        assertThat(delivered.answer().cut()).isTrue();
      }
    }

    @Test
    void isNotUndoneByABodyThatDrips() throws Exception {
      RawServer.Behaviour drip =
          connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 200 OK\r\n\r\n");
            connection.drip("x".repeat(1_000_000), 20);
          };
      try (var server = RawServer.plain(drip)) {
        var delivered = delivered(fixture.attempt(Shapes.post(server.url())));

        assertThat(delivered.answer().cut()).isTrue();
        assertThat(delivered.took()).isLessThan(Duration.ofSeconds(10));
      }
    }

    @Test
    void isNotUndoneByAResetOrABrokenBody() throws Exception {
      RawServer.Behaviour reset =
          connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
            connection.reset();
          };
      var badChunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n";
      try (var server = RawServer.plain(reset, RawServer.answering(badChunk))) {
        assertThat(delivered(fixture.attempt(Shapes.post(server.url()))).answer().cut()).isTrue();
        assertThat(delivered(fixture.attempt(Shapes.post(server.url()))).answer().cut()).isTrue();
      }
    }
  }

  @Nested
  class Refusal {
    @Test
    void keeps16KiBAndReadsNoMore() throws Exception {
      RawServer.Behaviour endless =
          connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 500 Oops\r\n\r\n");
            connection.repeat("x".repeat(1_000));
          };
      try (var server = RawServer.plain(endless)) {
        var refused = refused(fixture.attempt(Shapes.post(server.url())));

        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.answer().body().size()).isEqualTo(16 * 1024);
        assertThat(refused.answer().cut()).isTrue();
      }
    }

    @Test
    void keepsABodyOfExactly16KiBWhole() throws Exception {
      var answer = "HTTP/1.1 500 Oops\r\nContent-Length: 16384\r\n\r\n" + "x".repeat(16_384);
      try (var server = RawServer.plain(RawServer.answering(answer))) {
        var refused = refused(fixture.attempt(Shapes.post(server.url())));

        assertThat(refused.answer().body().size()).isEqualTo(16 * 1024);
        assertThat(refused.answer().cut()).isFalse();
      }
    }

    @Test
    void endsAtTheDeadlineWhenTheBodyDrips() throws Exception {
      RawServer.Behaviour drip =
          connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 503 Busy\r\nRetry-After: 7\r\n\r\n");
            connection.drip("x".repeat(1_000_000), 20);
          };
      try (var server = RawServer.plain(drip)) {
        var refused = refused(fixture.attempt(TargetFixture.post(server.url(), 2_000)));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(refused.answer().cut()).isTrue();
      }
    }

    @Test
    void isARedirectThatNobodyFollows() throws Exception {
      try (var trap = RawServer.plain(RawServer.answering(OK))) {
        for (var status : new int[] {301, 302, 303, 307, 308}) {
          var answer =
              "HTTP/1.1 "
                  + status
                  + " Moved\r\nContent-Length: 0\r\nLocation: "
                  + trap.url()
                  + "\r\n\r\n";
          try (var server = RawServer.plain(RawServer.answering(answer))) {
            assertThat(refused(fixture.attempt(Shapes.post(server.url()))).status())
                .isEqualTo(status);
          }
        }
        assertThat(trap.connectionCount()).isZero();
      }
    }

    @Test
    void doesNotUnpackTheBodyNorAskForIt() throws Exception {
      var packed = "\u001f\u008b\u0008\u0000nothing";
      var answer =
          "HTTP/1.1 500 Oops\r\nContent-Encoding: gzip\r\nContent-Length: 11\r\n\r\n" + packed;
      try (var server = RawServer.plain(RawServer.answering(answer))) {
        var refused = refused(fixture.attempt(Shapes.post(server.url())));

        assertThat(refused.answer().body().size()).isEqualTo(11);
        assertThat(server.nextRequest()).doesNotContainIgnoringCase("accept-encoding");
      }
    }

    @Test
    void marksCookiesAndSendsNone() throws Exception {
      var answer = "HTTP/1.1 500 Oops\r\nSet-Cookie: session=1\r\nContent-Length: 0\r\n\r\n";
      try (var server = RawServer.plain(RawServer.answering(answer))) {
        var refused = refused(fixture.attempt(Shapes.post(server.url())));
        fixture.attempt(Shapes.post(server.url()));

        assertThat(refused.answer().headers())
            .anySatisfy(
                header -> {
                  assertThat(header.name()).isEqualTo("Set-Cookie");
                  assertThat(header.value()).isEqualTo("••••");
                });
        server.nextRequest();
        assertThat(server.nextRequest()).doesNotContainIgnoringCase("cookie");
      }
    }
  }

  @Nested
  class NoAnswer {
    @Test
    void inTimeIsATimeout() throws Exception {
      RawServer.Behaviour silent =
          connection -> {
            connection.readRequest();
            connection.hold();
          };
      RawServer.Behaviour slowHeaders =
          connection -> {
            connection.readRequest();
            connection.drip("HTTP/1.1 200 OK\r\nX: " + "x".repeat(1_000), 20);
          };
      try (var server = RawServer.plain(silent, slowHeaders)) {
        for (var i = 0; i < 2; i++) {
          assertThat(unreachable(fixture.attempt(post(server))))
              .extracting(Unreachable::reason, Unreachable::words)
              .containsExactly(
                  Reason.TIMED_OUT, "no answer from 127.0.0.1:" + server.port() + " within 300 ms");
        }
      }
    }

    @Test
    void becauseTheConnectionWasLost() throws Exception {
      RawServer.Behaviour reset =
          connection -> {
            connection.readRequest();
            connection.reset();
          };
      RawServer.Behaviour close = RawServer.Connection::readRequest;
      RawServer.Behaviour half =
          connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 20");
          };
      try (var server = RawServer.plain(reset, close, half)) {
        for (var i = 0; i < 3; i++) {
          assertThat(unreachable(fixture.attempt(Shapes.post(server.url()))))
              .extracting(Unreachable::reason, Unreachable::words)
              .containsExactly(
                  Reason.CONNECTION_LOST,
                  "the connection to 127.0.0.1:" + server.port() + " was lost before it answered");
        }
        assertThat(server.connectionCount()).as("a new connection is not repeated").isEqualTo(3);
      }
    }

    @Test
    void becauseItIsNoHttp() throws Exception {
      try (var server =
          RawServer.plain(
              RawServer.answering("SSH-2.0-OpenSSH_9.2\r\n\r\n"),
              RawServer.answering("HTTP/2.0 200 OK\r\n\r\n"),
              RawServer.answering("HTTP/1.1 200 OK\r\nX: " + "x".repeat(40_000) + "\r\n\r\n"),
              connection -> {
                connection.readRequest();
                connection.write("HTTP/1.1 200 OK\r\n");
                connection.repeat("X: " + "x".repeat(900) + "\r\n");
              })) {
        for (var i = 0; i < 4; i++) {
          assertThat(unreachable(fixture.attempt(Shapes.post(server.url()))))
              .as("answer %s", i)
              .extracting(Unreachable::reason, Unreachable::words)
              .containsExactly(
                  Reason.BAD_ANSWER,
                  "127.0.0.1:"
                      + server.port()
                      + " answered with something that is not HTTP/1.1, or with headers over 32 KiB");
        }
      }
    }

    @Test
    void becauseNobodyListens() throws IOException {
      int port;
      try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
        port = socket.getLocalPort();
      }
      assertThat(unreachable(fixture.attempt(Shapes.post("http://127.0.0.1:" + port + "/"))))
          .extracting(Unreachable::reason, Unreachable::words)
          .containsExactly(Reason.NO_CONNECTION, "connection refused by 127.0.0.1:" + port);
    }

    @Test
    void takesHeadersUnder32KiB() throws Exception {
      var answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: " + "x".repeat(31_000) + "\r\n\r\n";
      try (var server = RawServer.plain(RawServer.answering(answer))) {
        assertThat(delivered(fixture.attempt(Shapes.post(server.url()))).status()).isEqualTo(200);
      }
    }
  }

  private static Shapes post(RawServer server) {
    return TargetFixture.post(server.url(), SHORT_MILLIS);
  }

  private static Delivered delivered(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Delivered.class);
    return (Delivered) outcome;
  }

  private static Refused refused(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Refused.class);
    return (Refused) outcome;
  }

  private static Unreachable unreachable(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Unreachable.class);
    return (Unreachable) outcome;
  }
}
