package io.switchhook.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.company.Caller;
import io.switchhook.company.Companies;
import io.switchhook.company.Keys;
import io.switchhook.sqlite.DataFolder;
import io.switchhook.sqlite.Database;
import io.switchhook.sqlite.DatabaseSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OfflineKeysTest {
  @TempDir Path data;

  private final Shell shell = new Shell();

  @Test
  void adminKeyCanBeMadeWhileTheServerIsStopped() {
    state().close();
    assertThat(shell.run("key", "add", "--admin", "--data", data.toString())).isZero();
    var made = shell.out().strip();
    try (var database = state()) {
      var keys = Keys.open(database, InstantSource.system(), new SecureRandom());
      assertThat(keys.callerWith(made)).contains(new Caller.Admin());
    }
  }

  @Test
  void companyThatIsNotThereIsToldByName() {
    state().close();
    assertThat(shell.run("key", "add", "--company", "acme", "--data", data.toString()))
        .isEqualTo(1);
    assertThat(shell.err()).contains("There is no company acme");
  }

  @Test
  void folderWithoutDataIsToldSo() {
    assertThat(shell.run("key", "add", "--data", data.toString())).isEqualTo(1);
    assertThat(shell.err()).contains("There is no data of Switchhook in " + data);
  }

  @Test
  void serverThatRunsIsAskedInstead() {
    state().close();
    try (var _ = DataFolder.open(data)) {
      assertThat(shell.run("key", "add", "--data", data.toString(), "--url", "http://127.0.0.1:1"))
          .isEqualTo(1);
    }
    assertThat(shell.err()).contains("No key: name one with --key");
  }

  private Database state() {
    var database = Database.open(DatabaseSettings.of(data.resolve("state.db"), _ -> {}));
    var clock = InstantSource.system();
    var _ = Companies.open(database, clock, new SecureRandom());
    return database;
  }
}
