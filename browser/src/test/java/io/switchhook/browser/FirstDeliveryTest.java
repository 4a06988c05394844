package io.switchhook.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.switchhook.NeedsPart;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way with the console alone: from the printed key to a delivery, through a failure, to
 * its mending.
 */
@NeedsPart("chromium")
class FirstDeliveryTest {
  @TempDir Path folder;
  private Receiver receiver;
  private Installation installation;
  private Browser browser;
  private Page page;
  private int calls;

  @BeforeEach
  void start() {
    receiver = new Receiver();
    installation = new Installation(folder);
    browser = new Browser();
    page = browser.page();
  }

  @AfterEach
  void stop() {
    browser.close();
    installation.close();
    receiver.close();
  }

  @Test
  void webhookIsMadeToldBrokenMendedAndToldAgain() {
    browser.logIn(installation);
    assertThat(page.getByText("Nobody is told of these calls yet.")).isVisible();
    browser.photograph("now-first");
    makeWebhook();
    sendTest();
    seeCallLiveAndDelivered();
    breakReceiver();
    seeWhyItFails();
    mendAndTellAgain();
  }

  private void makeWebhook() {
    link("Webhooks").click();
    assertThat(page.getByText("Nobody is told yet")).isVisible();
    browser.photograph("webhooks-none");
    link("New webhook").click();
    page.getByLabel("Target URL").fill("ftp://nowhere");
    assertThat(page.locator("#problem-target_url")).containsText("http:// or https://");
    page.getByLabel("Target URL").fill(receiver.url("/crm.php").toString());
    assertThat(page.locator("#request")).containsText("POST /crm.php HTTP/1.1");
    assertThat(page.locator("#problem-target_url")).isEmpty();
    parameter("Name").fill("caller_number");
    parameter("Written").selectOption("e164");
    assertThat(page.locator("#request"))
        .containsText("/crm.php?caller_number=%2B910000000001 HTTP/1.1");
    page.locator("#header-name-0").fill("my-super-secret-token");
    page.locator("#header-value-0").fill("abc123def");
    page.getByLabel("Name optional").fill("CRM screen pop");
    assertThat(page.locator("#request")).containsText("my-super-secret-token: ••••");
    browser.photograph("webhook-new");
    button("Make the webhook").click();
    assertThat(page.getByRole(AriaRole.HEADING, named("CRM screen pop"))).isVisible();
  }

  private Locator parameter(String label) {
    return page.locator("#parameters").getByLabel(label).first();
  }

  private void sendTest() {
    button("Send a test").click();
    assertThat(page.locator("#tried")).containsText("answered 200");
    assertThat(page.locator("#tried")).containsText("thank you");
    browser.photograph("webhook-tried");
  }

  private void seeCallLiveAndDelivered() {
    link("Now").click();
    assertThat(page.locator("#live")).hasText("live");
    tellOfCall(/* logs= */ 2);
    assertThat(page.locator("#calls li")).hasCount(1);
    assertThat(page.locator("#deliveries li").first()).containsText("CRM screen pop");
    assertThat(page.locator("#deliveries li").first()).containsText("200 in ");
  }

  /** Hands in the beginning of a recorded call, as a phone system would. */
  private String tellOfCall(int logs) {
    var uid = "n2.1795350000." + ++calls;
    for (var log : Recordings.calls().getFirst().subList(0, logs)) {
      installation.send(Recordings.retold(log, uid));
    }
    return uid;
  }

  private void breakReceiver() {
    receiver.answers(422, "no such field: users");
    for (int call = 0; call < 3; call++) {
      tellOfCall(/* logs= */ 2);
    }
  }

  private void seeWhyItFails() {
    link("Webhooks").click();
    assertThat(page.locator(".hook")).containsText("422 from 127.0.0.1");
    assertThat(page.locator(".hook"))
        .containsText(
            "6 events were not told",
            new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
    browser.photograph("webhooks-failing");
    link("CRM screen pop").click();
    browser.photograph("webhook-failing");
    link("6 given up").click();
    var group = page.locator(".groups a");
    assertThat(group).containsText("422 from 127.0.0.1");
    assertThat(group.locator(".count")).hasText("6");
    browser.photograph("deliveries-failed");
    group.click();
    assertThat(page.locator("tbody tr")).hasCount(6);
    page.locator("tbody tr").first().getByText("event").click();
    assertThat(page.getByLabel("Answer to attempt 1").first()).containsText("no such field: users");
    page.getByText("The request", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.getByLabel("Request", new Page.GetByLabelOptions().setExact(true)))
        .containsText("my-super-secret-token: ••••");
    link("Webhooks").click();
    link("CRM screen pop").click();
  }

  private void mendAndTellAgain() {
    receiver.answers(200, "thank you");
    link("Tell them again…").click();
    button("Count").click();
    button("Tell 6 events again").click();
    assertThat(page.locator("#replays")).containsText("6 of 6 events told again");
    browser.photograph("webhook-told-again");
    assertThat(page.locator("#health")).containsText("telling");
    assertThat(page.locator(".trouble")).hasCount(0);
    link("All deliveries").click();
    assertThat(page.locator("tbody tr")).hasCount(8);
    assertThat(page.locator("tbody").getByText("given up")).hasCount(0);
    browser.photograph("deliveries");
  }

  private Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
