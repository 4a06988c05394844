package io.switchhook.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code on the page for receivers stands word for word in the examples, which are tested. */
class DocumentedCodeTest {
  private static final Path ROOT = Path.of("..");
  private static final Path PAGE = ROOT.resolve("docs/receiving.md");
  private static final Pattern BLOCK =
      Pattern.compile("<!-- (examples/\\S+) -->\n```[a-z]+\n(.*?)```\n", Pattern.DOTALL);
  private static final Pattern CODE = Pattern.compile("```(?:php|python|js|java)\n");

  @Test
  void codeOnThePageIsThatOfTheExamples() throws IOException {
    var blocks = BLOCK.matcher(Files.readString(PAGE)).results().toList();

    for (var block : blocks) {
      assertThat(Files.readString(ROOT.resolve(block.group(1))))
          .as(block.group(1))
          .contains(block.group(2));
    }
    assertThat(blocks).hasSizeGreaterThan(5);
  }

  @Test
  void noCodeOnThePageComesFromNowhere() throws IOException {
    var page = Files.readString(PAGE);

    assertThat(CODE.matcher(page).results().count())
        .isEqualTo(BLOCK.matcher(page).results().count());
  }
}
