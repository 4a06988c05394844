package io.switchhook.target.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.target.FakeNames;
import io.switchhook.target.Outcome.Delivered;
import io.switchhook.target.Outcome.Reason;
import io.switchhook.target.Outcome.Unreachable;
import io.switchhook.target.Shapes;
import java.util.List;
import org.junit.jupiter.api.Test;

class NettyTargetAddressTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final String HOST = "crm.example.com";

  private final FakeNames names = new FakeNames();

  @Test
  void callsTheCheckedAddressUnderTheNameOfTheUrl() throws Exception {
    names.answer(HOST, "127.0.0.1");
    try (var fixture = new TargetFixture(names, null, "127.0.0.0/8");
        var server = RawServer.plain(RawServer.answering(OK))) {
      assertThat(fixture.attempt(Shapes.post(url(server)))).isInstanceOf(Delivered.class);

      assertThat(server.nextRequest()).contains("\r\nHost: " + HOST + ":" + server.port() + "\r\n");
      assertThat(names.timesAsked(HOST)).isEqualTo(1);
    }
  }

  @Test
  void sendsNothingToAForbiddenAddress() throws Exception {
    names.answer(HOST, "127.0.0.1");
    try (var fixture = new TargetFixture(names, null);
        var server = RawServer.plain(RawServer.answering(OK))) {
      for (var url : List.of(server.url(), url(server))) {
        var outcome = (Unreachable) fixture.attempt(Shapes.post(url));

        assertThat(outcome.reason()).isEqualTo(Reason.FORBIDDEN_ADDRESS);
        assertThat(outcome.words())
            .contains(
                "nothing was sent", "127.0.0.1", "targets.allowed-networks", "--allow-network");
      }
      assertThat(server.connectionCount()).isZero();
    }
  }

  @Test
  void sendsNothingWhenOneOfManyAddressesIsForbidden() throws Exception {
    names.answer(HOST, "127.0.0.1", "169.254.169.254");
    try (var fixture = new TargetFixture(names, null, "127.0.0.0/8", "169.254.0.0/16");
        var server = RawServer.plain(RawServer.answering(OK))) {
      var outcome = (Unreachable) fixture.attempt(Shapes.post(url(server)));

      assertThat(outcome.reason()).isEqualTo(Reason.FORBIDDEN_ADDRESS);
      assertThat(outcome.words()).contains("169.254.169.254", "metadata");
      assertThat(server.connectionCount()).isZero();
    }
  }

  @Test
  void checksANameAgainAtEachAttemptThoughAConnectionIsOpen() throws Exception {
    names.answer(HOST, "127.0.0.1").answer(HOST, "10.0.0.5").answer(HOST, "127.0.0.1");
    try (var fixture = new TargetFixture(names, null, "127.0.0.0/8");
        var server = RawServer.plain(RawServer.answering(OK))) {
      assertThat(fixture.attempt(Shapes.post(url(server)))).isInstanceOf(Delivered.class);
      assertThat(fixture.attempt(Shapes.post(url(server))))
          .isInstanceOfSatisfying(
              Unreachable.class, no -> assertThat(no.reason()).isEqualTo(Reason.FORBIDDEN_ADDRESS));
      assertThat(fixture.attempt(Shapes.post(url(server)))).isInstanceOf(Delivered.class);

      assertThat(server.requestCount()).isEqualTo(2);
    }
  }

  @Test
  void looksANameUpOnceForCheckAndUse() throws Exception {
    names.answer(HOST, "127.0.0.1").answer(HOST, "127.0.0.2");
    try (var fixture = new TargetFixture(names, null, "127.0.0.0/8");
        var first = RawServer.plain(RawServer.answering(OK));
        var trap = RawServer.onAddress("127.0.0.2", first.port(), RawServer.answering(OK))) {
      assertThat(fixture.attempt(Shapes.post(url(first)))).isInstanceOf(Delivered.class);

      assertThat(first.connectionCount()).isEqualTo(1);
      assertThat(trap.connectionCount()).isZero();
    }
  }

  @Test
  void triesTheNextAddressWhenNobodyListensAtTheFirst() throws Exception {
    names.answer(HOST, "127.0.0.3", "127.0.0.1");
    try (var fixture = new TargetFixture(names, null, "127.0.0.0/8");
        var server = RawServer.plain(RawServer.answering(OK))) {
      assertThat(fixture.attempt(Shapes.post(url(server)))).isInstanceOf(Delivered.class);
    }
  }

  @Test
  void saysThatANameHasNoAddress() {
    try (var fixture = new TargetFixture(names, null)) {
      assertThat(fixture.attempt(Shapes.post("http://nowhere.example.com/")))
          .isInstanceOfSatisfying(
              Unreachable.class,
              no -> {
                assertThat(no.reason()).isEqualTo(Reason.NAME_NOT_FOUND);
                assertThat(no.words()).contains("nowhere.example.com");
              });
    }
  }

  @Test
  void givesUpAtTheDeadlineWhileANameIsLookedUp() {
    try (var fixture = new TargetFixture(new SilentNames(), null)) {
      var outcome =
          (Unreachable) fixture.attempt(TargetFixture.post("http://slow.example.com/", 50));

      assertThat(outcome.reason()).isEqualTo(Reason.NAME_NOT_FOUND);
      assertThat(outcome.words())
          .isEqualTo("the address of slow.example.com was not found within 50 ms");
    }
  }

  @Test
  void givesUpAtTheDeadlineWhileConnecting() throws Exception {
    try (var fixture = TargetFixture.onLoopback();
        var deaf = new DeafServer()) {
      var outcome =
          (Unreachable)
              fixture.attempt(TargetFixture.post("http://127.0.0.1:" + deaf.port() + "/", 100));

      assertThat(outcome.reason()).isEqualTo(Reason.NO_CONNECTION);
      assertThat(outcome.words()).contains("no connection to 127.0.0.1:" + deaf.port(), "100 ms");
    }
  }

  private static String url(RawServer server) {
    return "http://" + HOST + ":" + server.port() + "/hook";
  }
}
