package io.switchhook.company;

import static io.switchhook.company.Installation.done;
import static io.switchhook.company.Installation.json;
import static io.switchhook.company.Installation.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.company.Audit.What;
import io.switchhook.event.CompanyId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was changed by which key. */
class AuditTest {
  private static final Author SOMEBODY = new Author("key00001", "CI job", "API");
  private static final String WEBHOOK =
      "{'name':'CRM','trigger':'in_call','target_url':'https://crm.example.com/','headers':['x-a: %s']}";

  @TempDir Path folder;
  private Installation installation;
  private Audit audit;

  @BeforeEach
  void open() {
    installation = new Installation(folder);
    audit = installation.companies.audit();
  }

  @AfterEach
  void close() {
    installation.close();
  }

  @Test
  void changeOfAWebhookNamesItsFieldsAndNoValue() {
    var company = installation.company().id();
    var webhooks = installation.webhooks;
    var made =
        done(SOMEBODY.asking(() -> webhooks.create(company, json(WEBHOOK.formatted("secret-1")))));
    var which = new Webhooks.Which(company, made.webhook().id(), null);
    var other = WEBHOOK.formatted("secret-2").replace("CRM", "CRM 2");
    done(SOMEBODY.asking(() -> webhooks.update(which, json(other))));
    done(SOMEBODY.asking(() -> webhooks.disable(which)));
    done(SOMEBODY.asking(() -> webhooks.disable(which)));
    done(webhooks.enable(which));
    done(SOMEBODY.asking(() -> webhooks.remove(which)));

    assertThat(entries(company, 10))
        .extracting(it -> it.what() + " " + it.details() + " by " + it.by().via())
        .containsExactly(
            "WEBHOOK_REMOVED  by API",
            "WEBHOOK_ENABLED  by server",
            "WEBHOOK_DISABLED  by API",
            "WEBHOOK_CHANGED name, headers by API",
            "WEBHOOK_ADDED in_call by API");
    assertThat(entries(company, 10).toString()).doesNotContain("secret-");
    assertThat(entries(company, 1).getFirst().by()).isEqualTo(SOMEBODY);
  }

  @Test
  void whatIsRefusedIsNoChange() {
    var company = installation.company().id();
    result(SOMEBODY.asking(() -> installation.keys.add(company, json("{'color':'red'}"))));
    result(SOMEBODY.asking(() -> installation.keys.revoke(company, "gone")));
    result(SOMEBODY.asking(() -> installation.companies.add(json("{'name':'default'}"))));

    assertThat(entries(company, 10)).isEmpty();
  }

  @Test
  void companySeesNeitherOthersChangesNorTheInstallations() {
    var ours = installation.company().id();
    done(installation.companies.add(json("{'name':'acme'}")));
    var key = done(installation.keys.add(null, json("{'name':'admin'}"))).key();
    done(SOMEBODY.asking(() -> installation.keys.add(ours, json("{'name':'ours'}"))));

    assertThat(entries(ours, 10)).extracting(Audit.Entry::name).containsExactly("ours");
    assertThat(audit.read(new Audit.Query(ours, true, null, null, Long.MAX_VALUE, 10)))
        .extracting(Audit.Entry::name)
        .containsExactly("ours", "admin");
    assertThat(
            audit.read(new Audit.Query(ours, true, "key00001", What.KEY_MADE, Long.MAX_VALUE, 10)))
        .extracting(Audit.Entry::name)
        .containsExactly("ours");
    assertThat(key.name()).isEqualTo("admin");
  }

  @Test
  void oldestEntriesGoWhenThereAreTooMany() {
    var company = installation.company().id();
    var note = new Audit.Note(SOMEBODY, What.KEY_MADE, company, "id", "", "");
    installation.database.writeNow(
        session -> {
          for (int number = 0; number <= Audit.KEPT_MAX; number++) {
            Audit.write(session, Instant.EPOCH, note);
          }
          return note;
        });

    var oldest = audit.read(new Audit.Query(company, false, null, null, 3, 10));
    assertThat(oldest).extracting(Audit.Entry::number).containsExactly(2L);
  }

  @Test
  void lastUseOfAKeyIsRememberedOverRestarts() {
    var key = done(installation.keys.add(null, json("{}")));
    assertThat(installation.keys.lastUsed(key.key().id())).isEmpty();

    installation.keys.callerWith(key.text());

    assertThat(installation.keys.lastUsed(key.key().id())).contains(installation.now);
    var first = installation.now;
    installation.now = first.plus(Keys.USE_GRAIN).minusMillis(1);
    installation.keys.callerWith(key.text());
    installation.close();
    installation = new Installation(folder);
    assertThat(installation.keys.lastUsed(key.key().id())).contains(first);
  }

  private List<Audit.Entry> entries(CompanyId company, int limit) {
    return audit.read(new Audit.Query(company, false, null, null, Long.MAX_VALUE, limit));
  }
}
