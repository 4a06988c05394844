package io.switchhook.company;

import static io.switchhook.company.Installation.done;
import static io.switchhook.company.Installation.json;
import static io.switchhook.company.Installation.mistakes;
import static io.switchhook.company.Installation.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchhook.company.Webhooks.Which;
import io.switchhook.event.CompanyId;
import io.switchhook.routing.WebhookVersion;
import io.switchhook.webhook.Webhook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhooksTest {
  private static final String PLAIN =
      "{'name':'n','trigger':'in_call','target_url':'https://crm.example.com/hook'}";

  @TempDir Path folder;
  private Installation installation;

  @BeforeEach
  void open() {
    installation = new Installation(folder);
  }

  @AfterEach
  void close() {
    installation.close();
  }

  @Test
  void versionsHoldFromTheOffsetsOfTheFence() {
    var webhook = create(PLAIN);
    installation.fence.nextOffset = 200;
    update(webhook, PLAIN.replace("in_call", "after_call"));
    installation.fence.nextOffset = 300;
    done(installation.webhooks.disable(which(webhook)));

    var versions = versions(webhook);
    assertThat(versions).hasSize(3);
    assertThat(versions.stream().map(it -> it.trigger().word()))
        .containsExactly("in_call", "after_call", "after_call");
    assertThat(versions.stream().map(WebhookVersion::enabled)).containsExactly(true, true, false);
    assertThat(versions.stream().map(it -> List.copyOf(it.firstOffsets().values()).getFirst()))
        .containsExactly(100L, 200L, 300L);
    assertThat(versions.getFirst().firstOffsets().keySet())
        .containsExactlyInAnyOrderElementsOf(installation.company().partitions().partitions());
  }

  @Test
  void versionsThatDecideAboutNothingThatIsKeptAreDropped() {
    var webhook = create(PLAIN);
    installation.fence.nextOffset = 200;
    update(webhook, PLAIN.replace("in_call", "after_call"));
    installation.fence.nextOffset = 300;
    done(installation.webhooks.disable(which(webhook)));
    var before = versions(webhook);
    int last = installation.company().partitions().partitions().getLast();

    // One partition still keeps an event of the first version.
    assertThat(drop(partition -> partition == last ? 199 : 299)).isZero();
    assertThat(versions(webhook)).isEqualTo(before);
    assertThat(drop(_ -> 299)).isEqualTo(1);
    assertThat(versions(webhook)).isEqualTo(before.subList(1, 3));
    assertThat(installation.fence.catalog.find(webhook.id()).orElseThrow().versions())
        .isEqualTo(before.subList(1, 3));
    reopen();
    assertThat(versions(webhook)).isEqualTo(before.subList(1, 3));
    installation.fence.nextOffset = 400;
    done(installation.webhooks.enable(which(webhook)));
    assertThat(drop(_ -> 10_000)).isEqualTo(1);
    reopen();
    assertThat(versions(webhook)).hasSize(1);
    assertThat(versions(webhook).getFirst().enabled()).isTrue();
  }

  private int drop(IntToLongFunction oldest) {
    return done(installation.webhooks.dropOldVersions(oldest));
  }

  @Test
  void versionThatMetNoEventIsReplaced() {
    var webhook = create(PLAIN);
    done(installation.webhooks.disable(which(webhook)));
    done(installation.webhooks.enable(which(webhook)));

    assertThat(versions(webhook)).hasSize(1);
    reopen();
    assertThat(versions(webhook)).hasSize(1);
    assertThat(versions(webhook).getFirst().enabled()).isTrue();
  }

  @Test
  void changeThatRoutesAsBeforeHoldsNothing() {
    var webhook = create(PLAIN);
    installation.fence.held.clear();
    update(webhook, PLAIN.replace("/hook", "/other"));

    assertThat(installation.fence.held).isEmpty();
    assertThat(installation.fence.catalog.find(webhook.id()).orElseThrow().webhook().revision())
        .isEqualTo(2);
    assertThat(versions(webhook)).hasSize(1);
  }

  @Test
  void everythingOutlivesRestart() {
    var full =
        create(
            """
            {'name':'CRM','trigger':'in_call','target_url':'https://crm.example.com/w.php?a=1',
             'body':'json','query_parameters':[{'name':'n','field':'clid_raw','as':'e164'},
             {'name':'o','value':'switchboard 1'}],'headers':['X-Token: abc'],
             'basic_auth':{'username':'admin','password':'123456'},
             'conditions':[{'field':'call_state','in':['5',6]},{'field':'rdnis','not_in':['1']},
             {'field':'clid','matches':'+91*'},{'field':'_ld.0._ds','exists':true}],
             'signing':{'scheme':'standard-webhooks'},'timeout_seconds':20,
             'time_to_live_seconds':60,'superseded':'drop'}""");
    var brief = create(PLAIN);
    done(installation.webhooks.disable(brief.id(), "answered 410 Gone"));
    var before = installation.webhooks.list(company());
    var versions = versions(full);

    reopen();

    assertThat(installation.webhooks.list(company())).isEqualTo(before);
    assertThat(versions(full)).isEqualTo(versions);
    assertThat(before.getLast().disabledReason()).isEqualTo("answered 410 Gone");
    assertThat(before.getLast().settings().request().timeout()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void secretsAreSealedOnTheDiskAndMarkedInReads() throws IOException {
    var webhook =
        create(
            PLAIN.replace(
                "}",
                ",'headers':['X-Token: topsecretheader'],"
                    + "'basic_auth':{'username':'u','password':'topsecretpassword'},"
                    + "'signing':{'scheme':'standard-webhooks',"
                    + "'secret':'whsec_dG9wc2VjcmV0c2lnbmluZ2tleXRvcHNlY3JldA=='}}"));
    close();

    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .doesNotContain("topsecret", "dG9wc2VjcmV0");
      }
    }
    assertThat(WebhookJson.write(webhook).toString())
        .contains("\"X-Token: ••••\"", "\"password\":\"••••\"", "\"secret\":\"••••\"")
        .doesNotContain("topsecret", "dG9wc2VjcmV0");
    installation = new Installation(folder);
    assertThat(find(webhook).settings()).isEqualTo(webhook.settings());
  }

  @Test
  void anotherSecretKeyIsNoticedAtTheStart() {
    create(PLAIN);
    close();

    assertThatThrownBy(() -> new Installation(folder, 8))
        .isInstanceOf(UnreadableSecretException.class)
        .hasMessageContaining("SWITCHHOOK_SECRET_KEY");
    installation = new Installation(folder);
  }

  @Test
  void readingGoesBackInAsItCame() {
    var webhook =
        create(
            PLAIN.replace(
                "}",
                ",'headers':['A: 1','B: 2'],'basic_auth':{'username':'u','password':'p'},"
                    + "'signing':{'scheme':'standard-webhooks'}}"));

    var after = update(webhook, WebhookJson.write(webhook).toString());

    assertThat(after.settings()).isEqualTo(webhook.settings());
  }

  @Test
  void marksAreRefusedWhenTheTargetMoves() {
    var webhook = create(PLAIN.replace("}", ",'headers':['A: 1']}"));
    for (var moved :
        List.of(
            "http://crm.example.com/hook",
            "https://evil.example.com/hook",
            "https://crm.example.com:444/hook")) {
      assertThat(
              mistakes(
                  installation.webhooks.update(
                      which(webhook),
                      json(
                          PLAIN
                              .replace("https://crm.example.com/hook", moved)
                              .replace("}", ",'headers':['A: ••••']}")))))
          .singleElement()
          .asString()
          .startsWith("headers[0]: the scheme, host or port of target_url changes");
    }
    assertThat(find(webhook)).isEqualTo(webhook);
    update(
        webhook,
        PLAIN
            .replace("crm.example.com/hook", "CRM.example.com:443/other")
            .replace("}", ",'headers':['a: ••••']}"));
    assertThat(find(webhook).settings().request().headers().getFirst().value()).isEqualTo("1");
  }

  @Test
  void markWithoutKeptValueIsRefused() {
    assertThat(mistakes(createChange(PLAIN.replace("}", ",'headers':['A: ••••']}"))))
        .singleElement()
        .asString()
        .startsWith("headers[0]: •••• stands for a value that is kept already");
    var webhook = create(PLAIN);
    assertThat(
            mistakes(
                installation.webhooks.update(
                    which(webhook), json(PLAIN.replace("}", ",'headers':['B: ••••']}")))))
        .singleElement()
        .asString()
        .isEqualTo("headers[0]: •••• stands for a kept value, and B has none");
  }

  @Test
  void rotatedSecretSignsForOneDayMore() {
    var created =
        done(createChange(PLAIN.replace("}", ",'signing':{'scheme':'standard-webhooks'}}")));
    var first = created.newSecret();
    assertThat(first).startsWith("whsec_");
    var second = done(installation.webhooks.rotateSecret(which(created.webhook()))).newSecret();

    assertThat(secrets(created.webhook())).containsExactly(second, first);
    installation.now = installation.now.plus(Duration.ofHours(23));
    assertThat(done(installation.webhooks.dropOldSecrets())).isZero();
    reopen();
    installation.now = installation.now.plus(Duration.ofHours(25));
    assertThat(done(installation.webhooks.dropOldSecrets())).isEqualTo(1);
    assertThat(secrets(created.webhook())).containsExactly(second);
    reopen();
    assertThat(secrets(created.webhook())).containsExactly(second);
  }

  @Test
  void staleRevisionChangesNothing() {
    var webhook = create(PLAIN);
    update(webhook, PLAIN.replace("'n'", "'m'"));

    assertThat(
            result(
                installation.webhooks.update(new Which(company(), webhook.id(), 1L), json(PLAIN))))
        .isEqualTo(new Change.Stale<>(2));
    assertThat(find(webhook).settings().name()).isEqualTo("m");
  }

  @Test
  void anotherCompanysWebhookIsNotFound() {
    var webhook = create(PLAIN);
    var which = new Which(new CompanyId("0000000000000001"), webhook.id(), null);

    assertThat(result(installation.webhooks.update(which, json(PLAIN))))
        .isInstanceOf(Change.NotFound.class);
    assertThat(result(installation.webhooks.remove(which))).isInstanceOf(Change.NotFound.class);
    assertThat(result(installation.webhooks.disable(which))).isInstanceOf(Change.NotFound.class);
    assertThat(result(installation.webhooks.rotateSecret(which)))
        .isInstanceOf(Change.NotFound.class);
    assertThat(installation.webhooks.find(which.company(), webhook.id())).isEmpty();
    assertThat(find(webhook)).isEqualTo(webhook);
  }

  @Test
  void removedWebhookIsGoneWithItsVersions() {
    var webhook = create(PLAIN);
    done(installation.webhooks.remove(which(webhook)));

    assertThat(installation.fence.catalog.find(webhook.id())).isEmpty();
    reopen();
    assertThat(installation.webhooks.list(company())).isEmpty();
    assertThat(
            installation.database.<Long>read(
                session -> session.number("SELECT count(*) FROM webhook_version")))
        .isZero();
  }

  @Test
  void whenStoringFailsTheOldCatalogIsReleased() {
    var webhook = create(PLAIN);
    installation.database.close();

    assertThat(result(installation.webhooks.disable(which(webhook))))
        .isEqualTo(new Change.Unavailable<>("the server is stopping; nothing was changed"));
    assertThat(installation.fence.held).hasSameSizeAs(installation.fence.released);
    assertThat(installation.fence.catalog.find(webhook.id()).orElseThrow().webhook())
        .isEqualTo(webhook);
    assertThat(find(webhook)).isEqualTo(webhook);
  }

  private CompanyId company() {
    return installation.company().id();
  }

  private java.util.concurrent.CompletionStage<Change<ChangedWebhook>> createChange(String text) {
    return installation.webhooks.create(company(), json(text));
  }

  private Webhook create(String text) {
    return done(createChange(text)).webhook();
  }

  private Webhook update(Webhook webhook, String text) {
    return done(installation.webhooks.update(which(webhook), json(text))).webhook();
  }

  private Which which(Webhook webhook) {
    return new Which(company(), webhook.id(), null);
  }

  private Webhook find(Webhook webhook) {
    return installation.webhooks.find(company(), webhook.id()).orElseThrow();
  }

  private List<String> secrets(Webhook webhook) {
    return java.util.Objects.requireNonNull(find(webhook).settings().request().signing()).secrets();
  }

  private List<WebhookVersion> versions(Webhook webhook) {
    return installation.webhooks.catalog().find(webhook.id()).orElseThrow().versions();
  }

  private void reopen() {
    var now = installation.now;
    installation.close();
    installation = new Installation(folder);
    installation.now = now;
  }
}
