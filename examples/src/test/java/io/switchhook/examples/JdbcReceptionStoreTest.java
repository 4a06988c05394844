package io.switchhook.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchhook.examples.jdbc.JdbcReceptionStore;
import io.switchhook.receiver.ReceptionStore.Claim;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class JdbcReceptionStoreTest {
  @TempDir Path folder;
  private final SQLiteDataSource database = new SQLiteDataSource();
  private Instant now = Instant.parse("2026-11-22T10:00:00Z");

  @BeforeEach
  void makeTables() throws SQLException {
    database.setUrl("jdbc:sqlite:" + folder.resolve("receiver.db") + "?busy_timeout=10000");
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      for (var table : JdbcReceptionStore.TABLES) {
        statement.execute(table);
      }
    }
  }

  /** As a new process has it. */
  private JdbcReceptionStore store() {
    return new JdbcReceptionStore(database, () -> now, Duration.ofMinutes(1));
  }

  @Test
  void idIsClaimedOnceAndRememberedByTheNextProcess() {
    assertThat(store().claim("e1")).isEqualTo(Claim.NEW);
    assertThat(store().claim("e1")).isEqualTo(Claim.IN_WORK);
    store().done("e1");
    assertThat(store().claim("e1")).isEqualTo(Claim.DONE);
  }

  @Test
  void whatFailedIsNewAgain() {
    store().claim("e1");
    store().release("e1");
    assertThat(store().claim("e1")).isEqualTo(Claim.NEW);
    store().done("e1");
    store().release("e1");
    assertThat(store().claim("e1")).isEqualTo(Claim.DONE);
  }

  @Test
  void claimOfAProcessThatDiedIsTakenOver() {
    store().claim("e1");
    now = now.plus(Duration.ofSeconds(59));
    assertThat(store().claim("e1")).isEqualTo(Claim.IN_WORK);
    now = now.plus(Duration.ofSeconds(2));
    assertThat(store().claim("e1")).isEqualTo(Claim.NEW);
    assertThat(store().claim("e1")).isEqualTo(Claim.IN_WORK);
  }

  @Test
  void lastEventOfCallIsTheHighest() {
    assertThat(store().came("c1", 1)).isEmpty();
    assertThat(store().came("c1", 3)).hasValue(1);
    assertThat(store().came("c1", 2)).hasValue(3);
    assertThat(store().came("c1", 4)).hasValue(3);
    assertThat(store().came("c2", 4)).isEmpty();
  }

  @Test
  void oneOfManyGetsAnId() throws Exception {
    var claims = new ArrayList<Future<Claim>>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var i = 0; i < 8; i++) {
        claims.add(threads.submit((Callable<Claim>) () -> store().claim("e1")));
      }
    }
    var won = new ArrayList<Claim>();
    for (var claim : claims) {
      won.add(claim.get());
    }
    assertThat(won).containsOnlyOnce(Claim.NEW).contains(Claim.IN_WORK).hasSize(8);
  }

  @Test
  void databaseThatDoesNotWorkIsAnErrorAndNoClaim() {
    database.setUrl("jdbc:sqlite:" + folder.resolve("other.db"));

    assertThatThrownBy(() -> store().claim("e1"))
        .isInstanceOf(JdbcReceptionStore.StoreException.class);
  }
}
