package io.switchhook.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchhook.config.SettingsReader;
import io.switchhook.config.SettingsResult;
import io.switchhook.config.SettingsSources;
import io.switchhook.journal.JournalException;
import io.switchhook.sqlite.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoresTest {
  @TempDir Path parent;

  private Stores open(Path folder) {
    var read =
        SettingsReader.read(
            new SettingsSources(
                null, Map.of(), Map.of("data.directory", List.of(folder.toString()))));
    var clock = new EngineClock(Instant.parse("2026-11-22T10:00:00Z"), () -> 0);
    return Stores.open(
        ((SettingsResult.Complete) read).settings(),
        clock,
        new SecureRandom(),
        failure -> {
          throw new AssertionError(failure);
        });
  }

  @Test
  void startThatFailsLetsGoOfTheFolder() throws IOException {
    var folder = parent.resolve("data");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("journal"), "a file where a folder belongs");
    assertThatThrownBy(() -> open(folder)).isInstanceOf(JournalException.class);

    assertThatCode(() -> DataFolder.open(folder).close()).doesNotThrowAnyException();
    Files.delete(folder.resolve("journal"));
    open(folder).close();
  }

  @Test
  void oneThatFailsToCloseKeepsNoOtherOpen() {
    var closed = new ArrayList<String>();
    var closings = new Closings();
    closings.add("first", () -> closed.add("first"));
    closings.add(
        "second",
        () -> {
          throw new IOException("it does not close");
        });
    closings.add("third", () -> closed.add("third"));
    closings.close();
    closings.close();

    assertThat(closed).containsExactly("third", "first");
  }
}
