package io.switchhook.company;

import static io.switchhook.company.Installation.done;
import static io.switchhook.company.Installation.json;
import static io.switchhook.company.Installation.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
  @TempDir Path folder;

  @Test
  void keyOpensItsCompanyAlone() {
    try (var installation = new Installation(folder)) {
      var company = installation.company().id();
      var key = done(installation.keys.add(company, json("{'name':'shop'}")));

      assertThat(key.text()).matches("swh_live_[0-9A-Za-z]{46}");
      assertThat(key.text()).contains(key.key().id());
      var caller = installation.keys.callerWith(key.text()).orElseThrow();
      assertThat(caller).isEqualTo(new Caller.OfCompany(company, false));
      assertThat(caller.mayUse(company)).isTrue();
      assertThat(caller.mayUse(new io.switchhook.event.CompanyId("0000000000000000"))).isFalse();
    }
  }

  @Test
  void keysOutliveRestartsAndRevokedOnesDoNot() {
    NewKey kept;
    NewKey revoked;
    try (var installation = new Installation(folder)) {
      kept = done(installation.keys.add(null, json("{}")));
      revoked = done(installation.keys.add(null, json("{}")));
      done(installation.keys.revoke(null, revoked.key().id()));
      assertThat(installation.keys.callerWith(revoked.text())).isEmpty();
    }
    try (var installation = new Installation(folder)) {
      assertThat(installation.keys.callerWith(kept.text())).contains(new Caller.Admin());
      assertThat(installation.keys.callerWith(revoked.text())).isEmpty();
      assertThat(installation.keys.list(null)).containsExactly(kept.key());
    }
  }

  @Test
  void wrongKeysOpenNothing() {
    try (var installation = new Installation(folder)) {
      var key = done(installation.keys.add(null, json("{}"))).text();
      char last = key.charAt(key.length() - 1);
      var mistyped = key.substring(0, key.length() - 1) + (last == 'a' ? 'b' : 'a');

      for (var wrong : new String[] {"", "swh_live_", mistyped, key + "a", " " + key}) {
        assertThat(installation.keys.callerWith(wrong)).as(wrong).isEmpty();
      }
    }
  }

  @Test
  void anotherCompanysKeyIsNotFoundForRevoking() {
    try (var installation = new Installation(folder)) {
      var key = done(installation.keys.add(null, json("{}")));

      assertThat(result(installation.keys.revoke(installation.company().id(), key.key().id())))
          .isInstanceOf(Change.NotFound.class);
      assertThat(installation.keys.callerWith(key.text())).isPresent();
    }
  }

  @Test
  void firstStartWritesTheAdminKeyForItsOwnerAlone() throws IOException {
    try (var installation = new Installation(folder)) {
      var key = installation.keys.makeFirstAdminKey(folder).orElseThrow();
      var file = folder.resolve("admin.key");

      assertThat(Files.readString(file).strip()).isEqualTo(key.text());
      assertThat(Files.getPosixFilePermissions(file))
          .containsExactlyInAnyOrder(
              PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
      assertThat(installation.keys.makeFirstAdminKey(folder)).isEmpty();
      assertThat(installation.keys.callerWith(key.text())).contains(new Caller.Admin());
    }
  }

  @Test
  void environmentSetsTheAdminKeyInstead() throws IOException {
    try (var installation = new Installation(folder)) {
      var text = "0123456789abcdef0123456789abcdef";
      installation.keys.acceptFromEnvironment(text);

      assertThat(installation.keys.makeFirstAdminKey(folder)).isEmpty();
      assertThat(installation.keys.callerWith(text)).contains(new Caller.Admin());
      assertThat(folder.resolve("admin.key")).doesNotExist();
      assertThatThrownBy(() -> installation.keys.acceptFromEnvironment("short"))
          .hasMessageContaining("at least 32 characters");
    }
  }

  @Test
  void textOfKeyIsKeptNowhere() throws IOException {
    String text;
    try (var installation = new Installation(folder)) {
      text = done(installation.keys.add(null, json("{}"))).text();
    }
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        assertThat(
                new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
            .doesNotContain(text);
      }
    }
  }
}
