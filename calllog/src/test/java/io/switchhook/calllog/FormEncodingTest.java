package io.switchhook.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.calllog.FormEncoding.BrokenForm;
import io.switchhook.calllog.FormEncoding.FormField;
import io.switchhook.calllog.FormEncoding.FormFields;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormEncodingTest {
  @Test
  void everyByteButTheUnreservedIsEncoded() {
    for (var i = 0; i < 256; i++) {
      var encoded =
          new String(PercentEncoding.encode(new byte[] {(byte) i}), StandardCharsets.US_ASCII);
      var isUnreserved = i < 128 && String.valueOf((char) i).matches("[A-Za-z0-9._~-]");

      assertThat(encoded)
          .isEqualTo(
              isUnreserved ? String.valueOf((char) i) : String.format(Locale.ROOT, "%%%02X", i));
    }
  }

  @Test
  void aPrefixIsNotEncoded() {
    assertThat(PercentEncoding.encodeAfter(ascii("myoperator="), ascii("{\"a b\"}")))
        .isEqualTo(ascii("myoperator=%7B%22a%20b%22%7D"));
  }

  @Test
  void whatWasEncodedComesBackFromEveryDecoder() {
    var random = new Random(7);
    for (var round = 0; round < 300; round++) {
      var fields = new ArrayList<FormField>();
      for (var i = random.nextInt(5); i >= 0; i--) {
        fields.add(new FormField(HostileText.draw(random), HostileText.draw(random)));
      }

      var encoded = FormEncoding.encode(fields);

      assertThat(FormEncoding.decode(encoded)).isEqualTo(new FormFields(fields));
      assertThat(encoded).matches("[A-Za-z0-9._~%=&-]*");
      var first = encoded.split("&", -1)[0].split("=", -1);
      assertThat(URLDecoder.decode(first[1], StandardCharsets.UTF_8))
          .isEqualTo(fields.getFirst().value());
    }
  }

  @Test
  void plusIsASpaceAndEmptyPiecesArePassedOver() {
    assertThat(FormEncoding.decode("&a=1+2&&b&=c&d=e=f&é=%c3%a9😀&"))
        .isEqualTo(
            new FormFields(
                List.of(
                    new FormField("a", "1 2"),
                    new FormField("b", ""),
                    new FormField("", "c"),
                    new FormField("d", "e=f"),
                    new FormField("é", "é😀"))));
    assertThat(FormEncoding.decode("")).isEqualTo(new FormFields(List.of()));
  }

  @Test
  void ofANameThatComesTwiceTheLastCounts() {
    var fields = (FormFields) FormEncoding.decode("a=1&b=2&a=3");

    assertThat(fields.byName()).containsEntry("a", "3").containsEntry("b", "2");
  }

  @ParameterizedTest
  @CsvSource({"a=%, 3", "a=%4, 3", "a=b&c=%4, 7", "%zz=1, 1", "a=%１1, 3", "a=%-1, 3", "a=1%C3, 3"})
  void brokenEscapesAreRefusedWithTheirPlace(String encoded, int position) {
    assertThat(FormEncoding.decode(encoded))
        .isInstanceOfSatisfying(
            BrokenForm.class, broken -> assertThat(broken.position()).isEqualTo(position));
  }

  @Test
  void aThousandFieldsAreReadAndNoMore() {
    assertThat(FormEncoding.decode("a&".repeat(1000))).isInstanceOf(FormFields.class);
    assertThat(FormEncoding.decode("a&".repeat(1001)))
        .isEqualTo(new BrokenForm(2001, "more than 1000 fields"));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
