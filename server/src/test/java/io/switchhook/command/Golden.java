package io.switchhook.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares with a file; {@code -Dgolden.update=true} writes it anew. */
final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/command");

  private Golden() {}

  static void check(String name, String actual) throws IOException {
    var file = FOLDER.resolve(name);
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(file));
  }
}
