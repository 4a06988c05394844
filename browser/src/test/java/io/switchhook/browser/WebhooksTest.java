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

/** Webhooks in every state, and their form in the hands of different people. */
@NeedsPart("chromium")
class WebhooksTest {
  private static final int BREAKER_OPENS_AFTER = 10;
  private static final double PATIENCE_MILLIS = 30_000;

  @TempDir Path folder;
  private Receiver receiver;
  private Receiver failing;
  private Installation installation;
  private Browser browser;
  private int calls;

  @BeforeEach
  void start() {
    receiver = new Receiver();
    failing = new Receiver();
    failing.answers(503, "the database is away");
    installation = new Installation(folder);
    browser = new Browser();
    browser.logIn(installation);
  }

  @AfterEach
  void stop() {
    browser.close();
    installation.close();
    failing.close();
    receiver.close();
  }

  private void tellOfCalls(int count) {
    for (int call = 0; call < count; call++) {
      var uid = "n2.1795360000." + ++calls;
      installation.send(Recordings.retold(Recordings.calls().getFirst().get(1), uid));
    }
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private Page open(String path) {
    browser.page().navigate(installation.url("/console/c/default" + path));
    return browser.page();
  }

  @Test
  void eachWebhookShowsHowItStandsAndWhatMendsIt() {
    installation.addWebhook("CRM screen pop", "in_call", receiver.url("/crm.php"));
    var warehouse = installation.addWebhook("Data warehouse", "in_call", failing.url("/calls"));
    installation.addWebhook("Reports", "after_call", receiver.url("/reports"));
    var old = installation.addWebhook("Old help desk", "in_call", receiver.url("/desk"));
    installation.api("POST", "/webhooks/" + old + "/disable", Recordings.nothing());
    tellOfCalls(BREAKER_OPENS_AFTER + 4);

    var page = open("/webhooks");
    var patience = new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS);
    assertThat(page.locator("#hooks")).containsText("is left alone", patience);
    assertThat(page.locator("#hooks")).containsText("Disabled by hand.");
    browser.photograph("webhooks");
    page = open("/webhooks/" + warehouse);
    browser.photograph("webhook-left-alone");

    button(page, "Send a test now").click();
    assertThat(page.locator("#tried")).containsText("the database is away");
    page = open("/deliveries");
    assertThat(page.locator(".groups")).containsText("503 from 127.0.0.1");
    browser.photograph("deliveries-groups");

    page = open("/webhooks");
    button(page, "Enable again").click();
    assertThat(page.locator("#health")).containsText("waits for calls");
  }

  @Test
  void mistakesStandAtTheirFields() {
    var page = open("/webhooks/new");
    page.getByLabel("Target URL").fill("http://10.1.2.3/crm.php");
    page.locator("#header-name-0").fill("Content-Length");
    page.locator("#header-value-0").fill("12");
    button(page, "One more header").click();
    assertThat(page.locator("#header-name-1")).isFocused();
    page.locator("#parameter-name-0").fill("agent");
    page.locator("#parameter-from-0").selectOption("field:_dn");

    assertThat(page.locator("#problem-target_url")).containsText("targets.allowed-networks");
    assertThat(page.locator("#problem-headers-0")).containsText("set by Switchhook itself");
    assertThat(page.locator("#header-name-0")).hasAttribute("aria-invalid", "true");
    button(page, "Make the webhook").click();

    assertThat(page.getByRole(AriaRole.ALERT)).containsText("look at the fields");
    assertThat(page.locator("#preview")).containsText("“agent” will be empty");
    browser.photograph("webhook-mistakes");
  }

  @Test
  void secretIsShownOnceAndWebhookIsDeletedAfterAQuestion() {
    var page = open("/webhooks/new");
    page.getByLabel("Target URL").fill(receiver.url("/crm.php").toString());
    page.getByText("Signature and time").click();
    page.getByLabel("Sign requests").check();
    assertThat(page.locator("#request")).containsText("webhook-signature: v1,");
    button(page, "Send a test").click();
    assertThat(page.locator("#result")).containsText("answered 200");
    browser.photograph("webhook-signed");
    button(page, "Make the webhook").click();
    assertThat(page.getByLabel("Signing secret")).containsText("whsec_");
    browser.photograph("webhook-secret");

    page.getByText("Delete…").click();
    browser.photograph("webhook-delete");
    button(page, "Delete for good").click();
    assertThat(page.getByText("Nobody is told yet")).isVisible();
  }

  @Test
  void tellingAgainShowsHowFarItIsAndIsCancelled() {
    var id = installation.addWebhook("CRM", "in_call", failing.url("/crm.php"));
    installation.api("POST", "/webhooks/" + id + "/disable", Recordings.nothing());
    tellOfCalls(7);
    installation.api("POST", "/webhooks/" + id + "/enable", Recordings.nothing());

    var page = open("/webhooks/" + id);
    page.getByLabel("Of the time").selectOption("hour");
    button(page, "Count").click();
    assertThat(page.locator("#count")).containsText("7 events would be told again");
    browser.photograph("webhook-counted");
    button(page, "Tell 7 events again").click();
    assertThat(page.getByRole(AriaRole.PROGRESSBAR)).isVisible();
    browser.photograph("webhook-telling-again");
    button(page, "Cancel").click();
    assertThat(page.locator("#replays")).containsText("cancelled by hand");
  }

  @Test
  void webhookIsMadeWithTheKeyboardAlone() {
    var page = open("/webhooks");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter"); // The skip link.
    page.keyboard().press("Tab");
    page.keyboard().press("Enter"); // The first thing to do.
    assertThat(page.getByLabel("Target URL")).isFocused();
    page.keyboard().type(receiver.url("/crm.php").toString());
    assertThat(page.locator("#request")).containsText("POST /crm.php");
    page.keyboard().press("Enter");

    assertThat(page.locator("#health")).containsText("waits for calls");
  }

  @Test
  void webhookIsMadeTriedAndToldAgainWithoutScripts() {
    var page = browser.withoutScripts(installation);
    page.navigate(installation.url("/console/c/default/webhooks/new"));
    page.getByLabel("Target URL").fill("nowhere");
    button(page, "One more parameter").click();
    assertThat(page.locator("#parameter-name-1")).isVisible();
    assertThat(page.locator("#problem-target_url")).containsText("http://");
    page.getByLabel("Target URL").fill(receiver.url("/crm.php").toString());
    button(page, "Send a test").click();
    assertThat(page.locator("#tried")).containsText("answered 200");
    assertThat(page.locator("#request")).containsText("POST /crm.php");
    button(page, "Make the webhook").click();
    assertThat(page.locator("#health")).containsText("waits for calls");
    button(page, "Send a test").click();
    assertThat(page.locator("#tried")).containsText("thank you");

    button(page, "Disable").click();
    tellOfCalls(3);
    button(page, "Enable again").first().click();
    button(page, "Count").click();
    button(page, "Tell 3 events again").click();
    assertThat(page.locator("#replays")).containsText("of 3 events");
    page.context().close();
  }
}
