package io.switchhook.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the templates to what the browser is told that they keep. */
class TemplatesTest {
  /** Output that is not escaped; code, style and scripts that stand in a page. */
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "\\$unsafe|\\sstyle=|\\son[a-z]+=|<style|<script(?![^>]*\\ssrc=)|javascript:",
          Pattern.CASE_INSENSITIVE);

  @Test
  void nothingIsRawAndNothingIsInline() throws IOException {
    var found = new ArrayList<String>();
    try (var files = Files.walk(Path.of("src/main/jte"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var lines = Files.readAllLines(file);
        for (int number = 1; number <= lines.size(); number++) {
          if (FORBIDDEN.matcher(" " + lines.get(number - 1)).find()) {
            found.add(file + ":" + number);
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }
}
