package io.switchhook.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhoneNumbersTest {
  @Test
  void numberKeepsItsFirstAndLastTwoDigits() {
    assertThat(PhoneNumbers.masked("+919711636496")).isEqualTo("+91••••••••96");
    assertThat(PhoneNumbers.masked("9711636496")).isEqualTo("97••••••96");
    assertThat(PhoneNumbers.masked("+91 97116-36496")).isEqualTo("+91••••••••96");
  }

  @Test
  void shortNumberKeepsNothing() {
    assertThat(PhoneNumbers.masked("123456")).isEqualTo("••••••");
    assertThat(PhoneNumbers.masked("")).isEmpty();
  }

  @Test
  void whatIsNoNumberKeepsNothing() {
    assertThat(PhoneNumbers.masked("Meera Nair")).isEmpty();
  }

  @Test
  void numbersWithinTextAreMasked() {
    assertThat(PhoneNumbers.maskedWithin("from +919711636496 to 918586848544, 30 s, call_state 6"))
        .isEqualTo("from +91••••••••96 to 91••••••••44, 30 s, call_state 6");
    assertThat(PhoneNumbers.maskedWithin("(971) 163-6496")).isEqualTo("(97••••••96");
  }
}
