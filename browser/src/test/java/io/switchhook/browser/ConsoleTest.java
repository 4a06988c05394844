package io.switchhook.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.switchhook.NeedsPart;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Each page of the console over the demonstration's calls. */
@NeedsPart("chromium")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTest {
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

    page.getByLabel("Number").fill("0000000000");
    assertThat(page.getByText("Nothing fits")).isVisible();
    browser.photograph("calls-none");
    page.getByLabel("Number").fill("36496");

    assertThat(page.locator("tbody tr").first()).containsText("36496");
    org.assertj.core.api.Assertions.assertThat(page.url()).contains("number=36496");
  }
}
