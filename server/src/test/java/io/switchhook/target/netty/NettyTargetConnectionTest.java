package io.switchhook.target.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.target.Outcome;
import io.switchhook.target.Outcome.Delivered;
import io.switchhook.target.Outcome.Reason;
import io.switchhook.target.Outcome.Unreachable;
import io.switchhook.target.RequestComposer;
import io.switchhook.target.Shapes;
import io.switchhook.target.Tellings;
import io.switchhook.webhook.RequestShape.Header;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NettyTargetConnectionTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nGood";

  private final TargetFixture fixture = TargetFixture.onLoopback();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Nested
  class KeptConnections {
    @Test
    void thatTheReceiverClosedAreReplacedAtOnce() throws Exception {
      RawServer.Behaviour closesInsteadOfASecondAnswer =
          connection -> {
            connection.readRequest();
            connection.write(OK);
            connection.readRequest();
          };
      try (var server = RawServer.plain(closesInsteadOfASecondAnswer, RawServer.answering(OK))) {
        assertThat(fixture.attempt(Shapes.post(server.url()))).isInstanceOf(Delivered.class);
        assertThat(fixture.attempt(Shapes.post(server.url()))).isInstanceOf(Delivered.class);

        assertThat(server.connectionCount()).isEqualTo(2);
        server.nextRequest();
        var lost = server.nextRequest();
        var repeated = server.nextRequest();
        assertThat(repeated.replace("connection: close\r\n", "")).isEqualTo(lost);
      }
    }

    @Test
    void areRepeatedOnlyOnce() throws Exception {
      RawServer.Behaviour closesInsteadOfASecondAnswer =
          connection -> {
            connection.readRequest();
            connection.write(OK);
            connection.readRequest();
          };
      try (var server =
          RawServer.plain(closesInsteadOfASecondAnswer, RawServer.Connection::readRequest)) {
        assertThat(fixture.attempt(Shapes.post(server.url()))).isInstanceOf(Delivered.class);

        assertThat(unreachable(fixture.attempt(Shapes.post(server.url()))).reason())
            .isEqualTo(Reason.CONNECTION_LOST);
        assertThat(server.connectionCount()).isEqualTo(2);
      }
    }

    @Test
    void doNotPileUpOverAThousandAttempts() throws Exception {
      RawServer.Behaviour answersOnce =
          connection -> {
            connection.readRequest();
            connection.write(OK);
          };
      RawServer.Behaviour endless =
          connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 500 Oops\r\n\r\n" + "x".repeat(20_000));
            connection.hold();
          };
      RawServer.Behaviour reset =
          connection -> {
            connection.readRequest();
            connection.reset();
          };
      var script = new RawServer.Behaviour[] {answersOnce, endless, reset, RawServer.answering(OK)};
      var all = new RawServer.Behaviour[1_000];
      for (var i = 0; i < all.length; i++) {
        all[i] = script[i % 3];
      }
      all[all.length - 1] = script[3];
      try (var server = RawServer.plain(all)) {
        for (var batch = 0; batch < 50; batch++) {
          var outcomes = new CompletableFuture<?>[20];
          for (var i = 0; i < outcomes.length; i++) {
            outcomes[i] = fixture.start(Shapes.post(server.url()), Tellings.ofSample());
          }
          CompletableFuture.allOf(outcomes).orTimeout(30, TimeUnit.SECONDS).join();
        }
        assertThat(fixture.target.openConnections()).isLessThanOrEqualTo(40);
        assertThat(server.openCount()).isLessThanOrEqualTo(60);
      }
    }
  }

  @Nested
  class Callback {
    @Test
    void comesOnTheCallingEventLoopAndNeverBeforeAttemptReturns() throws Exception {
      try (var server = RawServer.plain(RawServer.answering(OK))) {
        for (var url : new String[] {server.url(), "http://10.0.0.1/", "http://a_b/"}) {
          var context = fixture.vertx.getOrCreateContext();
          var seen = new CompletableFuture<Context>();
          context.runOnContext(
              _ -> {
                var returned = new boolean[1];
                fixture.target.attempt(
                    new RequestComposer("dev")
                        .compose(Shapes.post(url).build(), Tellings.ofSample(), Tellings.NOW),
                    _ -> {
                      if (returned[0]) {
                        seen.complete(Vertx.currentContext());
                      } else {
                        seen.completeExceptionally(new AssertionError("too early"));
                      }
                    });
                returned[0] = true;
              });
          assertThat(seen.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(context);
        }
      }
    }

    @Test
    void comesWhenTheTargetIsClosed() {
      fixture.target.close();

      assertThat(unreachable(fixture.attempt(Shapes.post("http://127.0.0.1:9/"))).words())
          .contains("nothing was sent");
    }

    @Test
    void saysThatAHeaderCannotBeSent() throws Exception {
      try (var server = RawServer.plain(RawServer.answering(OK))) {
        var shape = Shapes.post(server.url()).headers(new Header("X-A", "1\r\nX-B: 2"));

        assertThat(unreachable(fixture.attempt(shape)).words()).contains("a header of the webhook");
        assertThat(server.requestCount()).isZero();
      }
    }
  }

  private static Unreachable unreachable(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Unreachable.class);
    return (Unreachable) outcome;
  }
}
