package io.switchhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchhook.NeedsPart.IsInstalled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeedsPartTest {
  @Test
  void runsWithThePart(@TempDir Path folder) throws IOException {
    var program = Files.createFile(folder.resolve("php"));
    assertThat(program.toFile().setExecutable(true)).isTrue();

    assertThat(IsInstalled.evaluate(Map.of("PATH", "/nowhere:" + folder), "php").isDisabled())
        .isFalse();
  }

  @Test
  void isSkippedWhenOneOfSeveralIsMissing(@TempDir Path folder) throws IOException {
    var program = Files.createFile(folder.resolve("asterisk"));
    assertThat(program.toFile().setExecutable(true)).isTrue();

    var result = IsInstalled.evaluate(Map.of("PATH", folder.toString()), "asterisk", "sipp");
    assertThat(result.isDisabled()).isTrue();
    assertThat(result.getReason()).hasValueSatisfying(it -> assertThat(it).startsWith("sipp:"));
  }

  @Test
  void isSkippedByNameWithoutIt() {
    var result = IsInstalled.evaluate(Map.of("PATH", "/nowhere"), "php", "sipp");

    assertThat(result.isDisabled()).isTrue();
    assertThat(result.getReason())
        .contains("php, sipp: not installed; ./tools/install-test-parts installs it");
  }

  @Test
  void failsWithoutItWhereItIsRequired() {
    var environment = Map.of("PATH", "/nowhere", "SWITCHHOOK_TEST_PARTS", "required");

    assertThatThrownBy(() -> IsInstalled.evaluate(environment, "php"))
        .hasMessageContaining("php: not installed");
  }
}
