package io.switchhook.target.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.target.Outcome;
import io.switchhook.target.Outcome.Delivered;
import io.switchhook.target.Outcome.Reason;
import io.switchhook.target.Outcome.Unreachable;
import io.switchhook.target.Shapes;
import io.switchhook.target.Tellings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NettyTargetPoolTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nGood";

  private final TargetFixture fixture = TargetFixture.onLoopback();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Nested
  class Limits {
    private final CompletableFuture<Void> mayAnswer = new CompletableFuture<>();

    @Test
    void are128ConnectionsAndTheOthersWaitForOne() throws Exception {
      try (var server = RawServer.plain(this::answerWhenAllowed)) {
        var outcomes = start(server, Pool.CONNECTIONS_MAX + 30);
        for (var i = 0; i < Pool.CONNECTIONS_MAX; i++) {
          server.nextRequest();
        }
        assertThat(fixture.target.openConnections()).isEqualTo(Pool.CONNECTIONS_MAX);

        mayAnswer.complete(null);

        assertThat(all(outcomes)).allMatch(Delivered.class::isInstance);
        assertThat(server.connectionCount()).isEqualTo(Pool.CONNECTIONS_MAX);
      }
    }

    @Test
    void areAThousandWhoWaitAndOneMoreIsToldSo() throws Exception {
      try (var server = RawServer.plain(this::answerWhenAllowed)) {
        var outcomes = start(server, Pool.CONNECTIONS_MAX + Pool.WAITING_MAX);

        assertThat(unreachable(fixture.attempt(Shapes.post(server.url()))).words())
            .isEqualTo(
                "no connection to 127.0.0.1:"
                    + server.port()
                    + ": 1000 requests wait for one already");

        mayAnswer.complete(null);
        assertThat(all(outcomes)).allMatch(Delivered.class::isInstance);
      }
    }

    @Test
    void holdNobodyBeyondItsDeadline() throws Exception {
      try (var server = RawServer.plain(this::answerWhenAllowed)) {
        var outcomes = start(server, Pool.CONNECTIONS_MAX);

        var late = unreachable(fixture.attempt(TargetFixture.post(server.url(), 100)));

        assertThat(late.reason()).isEqualTo(Reason.NO_CONNECTION);
        assertThat(late.words())
            .isEqualTo("no connection to 127.0.0.1:" + server.port() + " within 100 ms");
        mayAnswer.complete(null);
        assertThat(all(outcomes)).allMatch(Delivered.class::isInstance);
        assertThat(server.requestCount()).isEqualTo(Pool.CONNECTIONS_MAX);
      }
    }

    @Test
    void giveThePlaceOfAClosedConnectionToWhoWaits() throws Exception {
      RawServer.Behaviour closesWhenAllowed =
          connection -> {
            connection.readRequest();
            mayAnswer.join();
          };
      try (var server = RawServer.plain(closesWhenAllowed)) {
        var outcomes = start(server, Pool.CONNECTIONS_MAX + 10);
        mayAnswer.complete(null);

        assertThat(all(outcomes))
            .allSatisfy(
                outcome ->
                    assertThat(unreachable(outcome).reason()).isEqualTo(Reason.CONNECTION_LOST));
        assertThat(server.connectionCount()).isEqualTo(Pool.CONNECTIONS_MAX + 10);
        assertThat(fixture.target.openConnections()).isZero();
      }
    }

    private void answerWhenAllowed(RawServer.Connection connection) throws java.io.IOException {
      while (connection.readRequest()) {
        mayAnswer.join();
        connection.write(OK);
      }
    }
  }

  @Nested
  class Reuse {
    @Test
    void endsAfter15SecondsWithoutUse() throws Exception {
      try (var server = RawServer.plain(RawServer.answering(OK))) {
        deliver(server);
        fixture.pass(Duration.ofSeconds(14));
        deliver(server);
        assertThat(server.connectionCount()).isEqualTo(1);

        fixture.pass(Duration.ofSeconds(15));
        deliver(server);
        assertThat(server.connectionCount()).isEqualTo(2);
      }
    }

    @Test
    void endsSoonerWhenTheReceiverSaysSo() throws Exception {
      var answer = "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=5, max=9\r\nContent-Length: 0\r\n\r\n";
      try (var server = RawServer.plain(RawServer.answering(answer))) {
        deliver(server);
        fixture.pass(Duration.ofSeconds(4));
        deliver(server);
        assertThat(server.connectionCount()).isEqualTo(1);

        fixture.pass(Duration.ofSeconds(5));
        deliver(server);
        assertThat(server.connectionCount()).isEqualTo(2);
      }
    }

    @Test
    void isNotForConnectionsThatTheReceiverCloses() throws Exception {
      for (var answer :
          List.of(
              "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
              "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n")) {
        try (var server = RawServer.plain(RawServer.answering(answer))) {
          deliver(server);
          deliver(server);
          assertThat(server.connectionCount()).as(answer).isEqualTo(2);
        }
      }
    }

    @Test
    void isNotForAConnectionThatSaidMoreThanItsAnswer() throws Exception {
      for (var more : List.of("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", "HTT")) {
        try (var server = RawServer.plain(RawServer.answering(OK + more))) {
          deliver(server);
          deliver(server);
          assertThat(server.connectionCount()).as(more).isEqualTo(2);
        }
      }
    }

    @Test
    void isNotForAConnectionThatSpeaksWithoutBeingAsked() throws Exception {
      var mayGoOn = new CompletableFuture<Void>();
      var isClosed = new CompletableFuture<Void>();
      RawServer.Behaviour speaks =
          connection -> {
            connection.readRequest();
            connection.write(OK);
            mayGoOn.join();
            connection.write("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
            connection.hold();
            isClosed.complete(null);
          };
      try (var server = RawServer.plain(speaks, RawServer.answering(OK))) {
        deliver(server);
        mayGoOn.complete(null);
        isClosed.orTimeout(10, TimeUnit.SECONDS).join();

        deliver(server);
      }
    }

    @Test
    void survivesAServerThatClosesBetweenRequests() throws Exception {
      var isClosed = new CompletableFuture<Void>();
      RawServer.Behaviour once =
          connection -> {
            connection.readRequest();
            connection.write(OK);
            connection.reset();
            isClosed.complete(null);
          };
      try (var server = RawServer.plain(once, RawServer.answering(OK))) {
        deliver(server);
        isClosed.join();
        deliver(server);
        assertThat(server.connectionCount()).isEqualTo(2);
      }
    }
  }

  @Nested
  class Stopping {
    @Test
    void endsWhatIsUnderWay() throws Exception {
      RawServer.Behaviour silent =
          connection -> {
            connection.readRequest();
            connection.hold();
          };
      try (var server = RawServer.plain(silent)) {
        var outcome = fixture.start(Shapes.post(server.url()), Tellings.ofSample());
        server.nextRequest();

        fixture.target.close();

        var lost = unreachable(outcome.orTimeout(10, TimeUnit.SECONDS).join());
        assertThat(lost.reason()).isEqualTo(Reason.CONNECTION_LOST);
        assertThat(lost.words()).contains("before Switchhook stopped");
        assertThat(fixture.target.openConnections()).isZero();
      }
    }
  }

  private void deliver(RawServer server) {
    var outcome = fixture.attempt(Shapes.post(server.url()));
    assertThat(outcome).isInstanceOf(Delivered.class);
  }

  private List<CompletableFuture<Outcome>> start(RawServer server, int count) {
    var outcomes = new ArrayList<CompletableFuture<Outcome>>();
    for (var i = 0; i < count; i++) {
      outcomes.add(fixture.start(Shapes.post(server.url()), Tellings.ofSample()));
    }
    return outcomes;
  }

  private static List<Outcome> all(List<CompletableFuture<Outcome>> outcomes) {
    CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
    return outcomes.stream().map(CompletableFuture::join).toList();
  }

  private static Unreachable unreachable(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Unreachable.class);
    return (Unreachable) outcome;
  }
}
