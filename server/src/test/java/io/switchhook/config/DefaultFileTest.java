package io.switchhook.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultFileTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/io/switchhook/config/switchhook.default.yaml");

  @Test
  void textIsTheGoldenOne() throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN, DefaultFile.text());
    }

    assertThat(DefaultFile.text()).isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void textReadsBackAsTheDefaults(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("default.yaml"), DefaultFile.text());

    assertThat(SettingsReader.read(SettingsSources.ofFile(file)))
        .isEqualTo(
            SettingsReader.read(new SettingsSources(null, java.util.Map.of(), java.util.Map.of())));
  }
}
