package io.switchhook.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelephoneNumberTest {
  @ParameterizedTest
  @CsvSource({
    "919711636496, 9711636496, 91 9711636496",
    "919711636496, +919711636496, 91 9711636496",
    "919711636496, 919711636496, 91 9711636496",
    "+919711636496, , 91 9711636496",
    "14155550100, 14155550100, 1 4155550100",
    "79161234567, , 7 9161234567",
    "3581234567, , 358 1234567",
    ", +919711636496, 91 9711636496"
  })
  void wholeNumberIsTakenApart(String raw, String formatted, String parts) {
    var code = parts.split(" ", -1)[0];
    var national = parts.split(" ", -1)[1];

    assertThat(TelephoneNumber.of(raw, formatted))
        .isEqualTo(new TelephoneNumber(national, "+" + code + national, code));
  }

  @ParameterizedTest
  @CsvSource({
    ", 9711636496, 9711636496",
    "101, 101, 101",
    "0971163649, , 0971163649",
    "1234567890123456, , 1234567890123456",
    "anonymous, anonymous, ''",
    ", , ''"
  })
  void whatIsNoWholeNumberHasNoCountry(String raw, String formatted, String national) {
    assertThat(TelephoneNumber.of(raw, formatted)).isEqualTo(new TelephoneNumber(national, "", ""));
  }

  @Test
  void userThatIsNoNumberHasNone() {
    assertThat(TelephoneNumber.ofUser("918586848501").e164()).isEqualTo("+918586848501");
    assertThat(TelephoneNumber.ofUser("u101")).isEqualTo(new TelephoneNumber("", "", ""));
    assertThat(TelephoneNumber.ofUser("101")).isEqualTo(new TelephoneNumber("", "", ""));
  }
}
