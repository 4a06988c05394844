package io.switchhook.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.switchhook.NeedsPart;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of settings. */
@NeedsPart("chromium")
class SettingsTest {
  @TempDir Path folder;
  private Installation installation;
  private Browser browser;

  @BeforeEach
  void start() {
    installation = new Installation(folder);
    browser = new Browser();
    browser.logIn(installation);
  }

  @AfterEach
  void stop() {
    browser.close();
    installation.close();
  }

  @Test
  void keyIsMadeShownOnceAndRevoked() {
    var page = browser.page();
    page.navigate(installation.url("/console/c/default/settings"));
    page.locator("#keys-company").getByLabel("Name of a new key").fill("CRM of the sales team");
    page.locator("#keys-company").getByLabel("May start calls").check();
    page.locator("#keys-company").getByRole(AriaRole.BUTTON, named("Make a key")).click();
    assertThat(page.getByText("it is shown only this once")).isVisible();
    assertThat(page.getByLabel("The new key")).containsText("swh_live_");
    browser.photograph("settings-key-made");

    page.navigate(installation.url("/console/c/default/settings"));
    assertThat(page.getByLabel("The new key")).hasCount(0);
    page.locator("#keys-company summary").click();
    browser.photograph("settings-keys");
    page.getByText("Revoke for good").click();
    assertThat(page.getByText("The key was revoked.")).isVisible();
    assertThat(page.getByText("There is none yet.")).isVisible();
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }

  @Test
  void companyIsAdded() {
    var page = browser.page();
    page.navigate(installation.url("/console/c/default/settings/companies"));
    page.getByLabel("company_id, when").fill("not one");
    page.getByLabel("Name").fill("Acme Telephones");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add it")).click();
    assertThat(page.getByText("must be 16 lowercase hexadecimal digits")).isVisible();
    page.getByLabel("company_id, when").fill("");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add it")).click();

    assertThat(
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Acme Telephones"))
                .last())
        .isVisible();
    page.getByRole(
            AriaRole.BUTTON,
            new Page.GetByRoleOptions().setName("Switch on the after-call logs of Acme"))
        .click();
    assertThat(
            page.getByRole(
                AriaRole.BUTTON,
                new Page.GetByRoleOptions().setName("Switch off the after-call logs of Acme")))
        .isVisible();
    browser.photograph("settings-companies");
  }

  @Test
  void dataAndChangesAreShown() {
    var page = browser.page();
    for (var call : Recordings.calls()) {
      for (var log : call) {
        installation.send(log);
      }
    }
    page.navigate(installation.url("/console/c/default/settings/data"));
    assertThat(page.getByText("What takes the room")).isVisible();
    browser.photograph("settings-data");

    var id =
        installation.addWebhook("CRM screen pop", "in_call", URI.create("http://127.0.0.1:9/"));
    installation.api(
        "POST", "/webhooks/" + id + "/disable", JsonNodeFactory.instance.missingNode());
    installation.api("POST", "/keys", JsonNodeFactory.instance.objectNode().put("name", "CRM"));
    page.navigate(installation.url("/console/c/default/settings/changes"));
    assertThat(page.locator("#found tbody tr").first()).containsText("key made");
    browser.photograph("settings-changes");

    page.getByLabel("What").selectOption("webhook.disabled");
    assertThat(page.locator("#found tbody tr")).hasCount(1);
    assertThat(page.locator("#found tbody tr")).containsText("CRM screen pop");
    page.getByLabel("What").selectOption("webhook.removed");
    assertThat(page.getByText("Nothing fits")).isVisible();
  }
}
