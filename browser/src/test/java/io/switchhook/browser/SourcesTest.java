package io.switchhook.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.switchhook.NeedsPart;
import io.switchhook.source.asterisk.line.FakeAmi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of sources: an Asterisk that talks, one that is away, and a door. */
@NeedsPart("chromium")
class SourcesTest {
  @TempDir Path folder;
  private FakeAmi ami;
  private Browser browser;

  @BeforeEach
  void start() {
    ami = FakeAmi.plain();
    browser = new Browser();
  }

  @AfterEach
  void stop() {
    browser.close();
    ami.close();
  }

  private Installation started(String sources) {
    var installation = new Installation(folder, sources);
    browser.logIn(installation);
    browser.page().navigate(installation.url("/console/c/default/sources"));
    return installation;
  }

  @Test
  void whoHasNoSourceSeesHowToConnectOne() {
    try (var _ = started("[]")) {
      assertThat(browser.page().getByText("No phone system is connected")).isVisible();
      browser.photograph("sources-none");
    }
  }

  @Test
  void channelsAreSeenWithWhatTheyWereTakenForAndTheTrialSpeaks() {
    var sources =
        """
        [{type: asterisk, name: office, host: 127.0.0.1, port: %d, username: switchhook, secret: right-secret,
          user-channels: ['PJSIP/agent*'], trunks: ['PJSIP/carrier*']},
         {type: asterisk, name: warehouse, host: 127.0.0.1, port: 1, username: switchhook, secret: right-secret,
          user-channels: ['SIP/2*'], trunks: ['SIP/trunk*']},
         {type: myoperator, name: myop, query-token: 'token=abc123def'}]
        """
            .formatted(ami.port());
    try (var _ = started(sources)) {
      var page = browser.page();
      assertThat(page.locator("section.card")).hasCount(3);
      page.reload();
      browser.photograph("sources");

      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("office")).click();
      assertThat(page.locator("#state")).containsText("connected");
      say("PJSIP/carrier-00000a1f", "1795343714.31", "4");
      say("PJSIP/agent101-00000a20", "1795343714.32", "0");
      say("Local/600@queues-000004c;1", "1795343714.33", "0");
      say("PJSIP/fax-00000a21", "1795343714.34", "0");
      hangUp("PJSIP/fax-00000a21", "1795343714.34");
      assertThat(page.locator("#channels tbody tr")).hasCount(4);
      assertThat(page.getByText("Not told since the start")).isVisible();

      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Test this source"))
          .click();
      assertThat(page.locator(".busy")).isVisible();
      say("PJSIP/agent102-00000a22", "1795343714.35", "0");
      assertThat(page.getByText("What the test found")).isVisible();
      browser.photograph("source");

      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("ignored 1")).click();
      assertThat(page.locator("#channels tbody tr")).hasCount(1);
      assertThat(page.locator("#channels tbody tr")).containsText("PJSIP/fax");
    }
  }

  @Test
  void whatCouldNotBeReadIsShownAndTriedAgain() throws Exception {
    try (var installation =
        started("[{type: myoperator, name: myop, query-token: 'token=abc123def'}]")) {
      knock(installation, "?call=n2.1&state=5&number=%2B919711636496&token=abc123def");
      knock(installation, "?call=n2.2&state=1&number=%2B918586848501&token=abc123def");
      var page = browser.page();
      page.navigate(installation.url("/console/c/default/sources/myop"));
      page.getByText("The request", new Page.GetByTextOptions().setExact(true)).first().click();
      assertThat(page.getByLabel("Request").first()).containsText("GET /in/myop?call=n2.2");
      browser.photograph("source-unread");

      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try again")).click();
      assertThat(page.getByText("Read and told now: 0. Still unread: 2.")).isVisible();
    }
  }

  private static void knock(Installation installation, String query)
      throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      http.send(
          HttpRequest.newBuilder(URI.create(installation.url("/in/myop" + query))).build(),
          BodyHandlers.discarding());
    }
  }

  private void say(String name, String id, String state) {
    ami.say(
        "Event",
        "Newchannel",
        "Privilege",
        "call,all",
        "Channel",
        name,
        "ChannelState",
        state,
        "CallerIDNum",
        "919711636496",
        "Context",
        "from-carrier",
        "Exten",
        "9000000001",
        "Priority",
        "1",
        "Uniqueid",
        id,
        "Linkedid",
        id);
  }

  private void hangUp(String name, String id) {
    ami.say(
        "Event",
        "Hangup",
        "Privilege",
        "call,all",
        "Channel",
        name,
        "Uniqueid",
        id,
        "Linkedid",
        id,
        "Cause",
        "16");
  }
}
