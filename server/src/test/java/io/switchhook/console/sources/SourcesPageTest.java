package io.switchhook.console.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.console.LoggedIn;
import io.switchhook.source.asterisk.line.FakeAmi;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of sources, over a server that hears of some. */
class SourcesPageTest {
  private static final String DOOR =
      "[{type: myoperator, name: myop, query-token: 'token=abc123def'}]";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void whoHasNoSourceReadsHowToConnectOne() {
    try (var console = new LoggedIn(folder, "[]")) {
      assertThat(console.get("/sources").body())
          .contains(
              "No phone system is connected", "type: asterisk", "&dollar;{AMI_SECRET}", "/in/myop");
    }
  }

  @Test
  void whatADoorCouldNotReadIsShownAndReadAgain() {
    try (var console = new LoggedIn(folder, DOOR)) {
      assertThat(console.get("/sources/myop").body()).contains("could be read");
      var query = "?call=c1&state=5&number=%2B919711636496&name=%3Cb%3E&token=abc123def";
      assertThat(console.send(HttpRequest.newBuilder(console.uri("/in/myop" + query))).statusCode())
          .isEqualTo(200);

      var page = console.get("/sources/myop").body();
      assertThat(page)
          .contains("GET /in/myop?call=c1", "call, state", "Try again")
          .doesNotContain("abc123def");

      var same = LoggedIn.location(console.post("/sources/myop/again", Map.of()));
      assertThat(same).isEqualTo("/sources/myop?read=0#unread");
      assertThat(console.get("/sources/myop?read=0").body())
          .contains("Read and told now: 0. Still unread: 1.");

      console.restart(DOOR.replace("}", ", fields: {call: uid, state: call_state, number: clid}}"));
      var told = LoggedIn.location(console.post("/sources/myop/again", Map.of()));
      assertThat(console.get(told.replaceAll("#.*", "")).body())
          .contains("Read and told now: 1. Nothing is left unread.");
    }
  }

  @Test
  void trialSaysInWordsWhatItFound() {
    try (var console = new LoggedIn(folder, DOOR)) {
      assertThat(console.post("/sources/myop/test", Map.of()).body())
          .contains("It works, with 1 warning.", "The door is open at /in/myop");
      assertThat(LoggedIn.location(console.get("/sources/myop/test"))).isEqualTo("/sources/myop");
    }
  }

  @Test
  void channelsAreShownWithWhatTheyWereTakenFor() {
    try (var ami = FakeAmi.plain();
        var console = new LoggedIn(folder, asterisk(ami))) {
      await(console, "/sources/office", page -> page.contains("connected"));
      ami.say(channel("PJSIP/agent101-00000001", "1795343714.1"));
      ami.say(channel("PJSIP/fax-00000002", "1795343714.2"));
      ami.say(hangup("PJSIP/fax-00000002", "1795343714.2"));

      var page =
          await(
              console,
              "/sources/office",
              it -> it.contains("PJSIP/fax-00000002") && it.contains("Not told since the start"));

      assertThat(page)
          .contains("PJSIP/agent101-00000001", "the user 101, by channel")
          .containsOnlyOnce("Not told since the start");
      assertThat(console.get("/sources/office?taken=ignored").body())
          .contains("PJSIP/fax-00000002")
          .doesNotContain("PJSIP/agent101-00000001");
    }
  }

  @Test
  void channelsThatAreAsBeforeAreNotSentAgain() {
    try (var ami = FakeAmi.plain();
        var console = new LoggedIn(folder, asterisk(ami))) {
      var page = console.get("/sources/office").body();
      var at = page.indexOf("/sources/office?seen=");
      var self = page.substring(at, page.indexOf('"', at));

      assertThat(console.getPart(self).statusCode()).isEqualTo(204);
      assertThat(console.get(self).statusCode()).isEqualTo(200);
      assertThat(console.getPart("/sources/office?seen=other").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void sourceThatHearsNothingIsDeafAndSaysWhy() {
    try (var console =
        new LoggedIn(
            folder,
            "[{type: asterisk, name: office, host: 127.0.0.1, port: 1, username: x, secret: y12345678,"
                + " user-channels: ['PJSIP/agent*'], trunks: ['PJSIP/c*']}]")) {
      assertThat(await(console, "/sources", it -> it.contains("127.0.0.1:1"))).contains("deaf");
    }
  }

  @Test
  void sourceOfAnotherCompanyAndOneThatIsNotThereAreNotFound() {
    try (var console = new LoggedIn(folder, DOOR)) {
      console.api("POST", "/companies", "{\"name\":\"acme\"}");
      var acme = console.uri("/console/c/acme/sources/myop");
      var answer = console.send(HttpRequest.newBuilder(acme).header("Cookie", console.cookie()));
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("No such source").doesNotContain("/in/myop");
      assertThat(console.get("/sources/other").statusCode()).isEqualTo(404);
      assertThat(console.post("/sources/other/test", Map.of()).statusCode()).isEqualTo(404);
      assertThat(console.post("/sources/other/again", Map.of()).statusCode()).isEqualTo(404);
    }
  }

  private static String asterisk(FakeAmi ami) {
    return "[{type: asterisk, name: office, host: 127.0.0.1, port: "
        + ami.port()
        + ", username: switchhook, secret: right-secret, user-channels: ['PJSIP/agent*'], trunks:"
        + " ['PJSIP/carrier*']}]";
  }

  private static String[] channel(String name, String id) {
    return new String[] {
      "Event", "Newchannel", "Privilege", "call,all", "Channel", name, "ChannelState", "0",
      "ChannelStateDesc", "Down", "CallerIDNum", "101", "Context", "from-internal", "Exten", "9",
      "Priority", "1", "Uniqueid", id, "Linkedid", id
    };
  }

  private static String[] hangup(String name, String id) {
    return new String[] {
      "Event",
      "Hangup",
      "Privilege",
      "call,all",
      "Channel",
      name,
      "ChannelState",
      "0",
      "Uniqueid",
      id,
      "Linkedid",
      id,
      "Cause",
      "16",
      "Cause-txt",
      "Normal Clearing"
    };
  }

  /** Asks for a page until it is as expected. */
  private static String await(LoggedIn console, String path, Predicate<String> isSo) {
    var until = Instant.now().plus(PATIENCE);
    var page = "";
    while (Instant.now().isBefore(until)) {
      page = console.get(path).body();
      if (isSo.test(page)) {
        return page;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError(page);
  }
}
