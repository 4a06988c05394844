package io.switchhook.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.switchhook.NeedsPart;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Each page of the console over the demonstration's calls. */
@NeedsPart("chromium")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTest {
  private static final Pattern SEVERAL_ATTEMPTS = Pattern.compile("([2-9]|1[0-9]) attempts");

  @TempDir static Path folder;
  private Installation installation;
  private Receiver receiver;
  private Browser browser;

  @BeforeAll
  void start() throws InterruptedException {
    receiver = new Receiver();
    installation = new Installation(folder);
    installation.addWebhook("CRM screen pop", "in_call", receiver.url("/in-call"));
    int number = 0;
    int events = 0;
    for (var call : Recordings.calls()) {
      var uid = "n2.1795343714." + ++number;
      for (var log : call) {
        installation.send(Recordings.retold(log, uid));
        events++;
      }
    }
    for (int told = 0; told < events; told++) {
      assertThat(receiver.requests().poll(20, TimeUnit.SECONDS)).isNotNull();
    }
    browser = new Browser();
  }

  @AfterAll
  void stop() {
    browser.close();
    installation.close();
    receiver.close();
  }

  @Test
  void wrongKeyIsToldAtTheField() {
    var page = browser.page();
    page.context().clearCookies();
    page.navigate(installation.url("/"));
    browser.photograph("login");

    page.getByLabel("Key").fill("swh_live_wrong");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in")).click();

    assertThat(page.getByRole(AriaRole.ALERT)).containsText("no key of this installation");
    browser.complaints().clear(); // The browser notes the 401.
    browser.photograph("login-refused");
  }

  @Test
  void callsAreListedAndFoundByTheirNumber() {
    browser.logIn(installation);
    var page = browser.page();
    page.navigate(installation.url("/console/c/default/calls"));
    browser.photograph("calls");

    page.getByLabel("Number or uid").fill("0000000000");
    assertThat(page.getByText("Nothing fits")).isVisible();
    browser.photograph("calls-none");
    page.getByLabel("Number or uid").fill("36496");

    assertThat(page.locator("tbody tr").first()).containsText("36496");
    org.assertj.core.api.Assertions.assertThat(page.url()).contains("number=36496");
  }

  @Test
  void callIsATimelineAndIsToldAgain() throws InterruptedException {
    browser.logIn(installation);
    var page = browser.page();
    receiver.answers(503, "the database is away");
    var uid = "n2.1795343999.1";
    for (var log : Recordings.calls().getFirst()) {
      installation.send(Recordings.retold(log, uid));
    }
    assertThat(receiver.requests().poll(20, TimeUnit.SECONDS)).isNotNull();
    page.navigate(installation.url("/console/c/default/calls/" + uid));
    assertThat(page.locator(".told").getByText("failing, tried again").first()).isVisible();
    receiver.answers(200, "thank you");
    assertThat(page.locator(".told").getByText("failing, tried again")).hasCount(0);
    assertThat(page.locator(".told").getByText(SEVERAL_ATTEMPTS).first()).isVisible();
    browser.photograph("call");

    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Tell this call again"))
        .click();
    assertThat(page.getByText("Told again: 4 of 4 events.")).isVisible();
    browser.photograph("call-told-again");

    page.locator(".event").first().click();
    page.getByText("The request", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.getByLabel("Request", new Page.GetByLabelOptions().setExact(true)))
        .containsText("POST /in-call HTTP/1.1");
    assertThat(page.getByLabel("Answer to attempt 1").first()).containsText("database is away");
    browser.photograph("event");
  }

  @Test
  void callInProgressIsSeenLive() {
    browser.logIn(installation);
    var page = browser.page();
    page.navigate(installation.url("/console/c/default/now"));
    assertThat(page.locator("#live")).hasText("live");
    assertThat(page.getByText("Nobody calls at present")).isVisible();
    var call = Recordings.calls().getFirst();

    for (int other = 0; other < 3; other++) {
      installation.send(Recordings.retold(call.getFirst(), "n2.1795344100." + other));
    }
    installation.send(Recordings.retold(call.get(1), "n2.1795344100.1"));
    installation.send(Recordings.retold(call.get(1), "n2.1795344100.2"));
    installation.send(Recordings.retold(call.get(2), "n2.1795344100.2"));

    assertThat(page.locator("#calls li")).hasCount(3);
    assertThat(page.locator("#calls")).containsText("918586848501 talks");
    assertThat(page.locator("#deliveries li").first()).containsText("200 in ");
    browser.photograph("now");

    installation.send(Recordings.retold(call.get(3), "n2.1795344100.2"));
    assertThat(page.locator("#calls li")).hasCount(2);
    for (var uid : new String[] {"n2.1795344100.0", "n2.1795344100.1"}) {
      installation.send(Recordings.retold(call.get(3), uid));
    }
    assertThat(page.getByText("Nobody calls at present")).isVisible();
  }
}
