package io.switchhook.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableWritesTest {
  @TempDir Path folder;

  private DatabaseFile open(String name) {
    return DatabaseFile.open(DatabaseSettings.of(folder.resolve(name), _ -> {}));
  }

  @Test
  void commitsAndCheckpointsOfFileAreCountedUnderItsName() {
    var counted = DurableWrites.named("counted");
    try (var file = open("counted.db")) {
      file.write(session -> session.prepared("CREATE TABLE t (a INTEGER)").executeUpdate());
      file.write(session -> session.prepared("INSERT INTO t VALUES (1)").executeUpdate());
      file.write(session -> session.prepared("INSERT INTO t VALUES (2)").executeUpdate());
      assertThat(counted.commits()).isEqualTo(2);
      assertThat(counted.checkpoints()).isZero();
    }
    assertThat(counted.checkpoints()).as("the one at the end").isEqualTo(1);
  }

  @Test
  void transactionThatChangesNothingIsNotCounted() {
    try (var file = open("idle.db")) {
      file.write(session -> session.prepared("CREATE TABLE t (a INTEGER)").executeUpdate());
      file.write(session -> session.prepared("DELETE FROM t").executeUpdate());
      file.write(session -> session.number("SELECT count(*) FROM t"));
    }
    assertThat(DurableWrites.named("idle").commits()).isZero();
  }

  @Test
  void transactionThatIsUndoneIsNotCounted() {
    try (var file = open("undone.db")) {
      assertThatThrownBy(
              () ->
                  file.write(
                      _ -> {
                        throw new IllegalStateException("no");
                      }))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(DurableWrites.named("undone").commits()).isZero();
  }

  @Test
  void fileOfDayIsCountedUnderItsFolder() {
    assertThat(DurableWrites.nameOf(Path.of("/data/journal/2026-01-05.db"))).isEqualTo("journal");
    assertThat(DurableWrites.nameOf(Path.of("/data/state.db"))).isEqualTo("state");
  }
}
