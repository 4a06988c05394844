package io.switchhook.console.calls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallsCsvTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "n2.1795343714.1 | n2.1795343714.1",
        "=1+1            | '=1+1",
        "+919711636496   | '+919711636496",
        "-x              | '-x",
        "@sum            | '@sum",
        "a,b             | \"a,b\"",
        "say \"no\"      | \"say \"\"no\"\"\"",
        "=\"a\",b        | \"'=\"\"a\"\",b\""
      })
  void cellIsNeitherFormulaNorBreaksItsRow(String value, String cell) {
    assertThat(CallsCsv.cell(value)).isEqualTo(cell);
  }
}
