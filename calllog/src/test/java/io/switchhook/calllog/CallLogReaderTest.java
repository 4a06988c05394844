package io.switchhook.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.calllog.ReadResult.Malformed;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallLogReaderTest {
  private static final String HEAD = "{\"uid\":\"u1\",\"call_state\":\"1\"";

  @Test
  void vendorsSampleIsTakenByteForByte() {
    var log = Samples.log(Samples.inCallPretty());

    assertThat(log.json()).isEqualTo(Samples.inCallPretty());
    assertThat(log.bytes()).isEqualTo(Samples.inCallPretty().getBytes(StandardCharsets.UTF_8));
    assertThat(log.kind()).isEqualTo(LogKind.IN_CALL);
    assertThat(log.uid()).isEqualTo("n2.1596270949.2175190");
    assertThat(log.id()).contains("5f25296c4122c135");
  }

  @Test
  void afterCallLogIsKnownByItsKeysAndItsUidStandsInItsParameters() {
    var log = Samples.log(Samples.afterCall());

    assertThat(log.kind()).isEqualTo(LogKind.AFTER_CALL);
    assertThat(log.uid()).isEqualTo("d5.1594969927.2496720");
    assertThat(log.id()).contains("5f114f490dbe2437");
  }

  @Test
  void dispositionIsACallLogWithTags() {
    var tagged = Samples.afterCall().replaceFirst("\\{", "{\"_dsp\":[{\"name\":\"Interested\"}],");

    assertThat(Samples.log(tagged).kind()).isEqualTo(LogKind.DISPOSITION);
    assertThat(Samples.log(tagged).uid()).isEqualTo("d5.1594969927.2496720");
    assertThat(Samples.log("{\"_dsp\":[],\"uid\":\"u7\"}").uid()).isEqualTo("u7");
  }

  @Test
  void unknownKeysSpaceAndEscapesSurviveAroundWhichSpaceAndByteOrderMarkAreDropped() {
    var json = "{ \"zz\": 1.50, \"uid\":\"u\\u0031\" ,\"call_state\":6,\n\"a\\/b\":{\"x\":[]}}";

    var log = Samples.log("\uFEFF \n" + json + "\r\n ");

    assertThat(log.json()).isEqualTo(json);
    assertThat(log.uid()).isEqualTo("u1");
    assertThat(log.text("zz")).contains("1.50");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "8", "9", "\"8\"", "\" 6 \""})
  void statesOneToNinePassAsTextOrNumber(String state) {
    assertThat(Samples.log("{\"uid\":\"u1\",\"call_state\":" + state + "}").uid()).isEqualTo("u1");
  }

  @Nested
  class Refuses {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        textBlock =
            """
            {"uid":"u1","call_state":"0"}            | 26 | call_state | no such call_state: 0
            {"uid":"u1","call_state":10}             | 26 | call_state | no such call_state: 10
            {"uid":"u1","call_state":"ringing"}      | 26 | call_state | no such call_state: ringing
            {"uid":"u1","call_state":1.0}            | 26 | call_state | no such call_state: 1.0
            {"uid":"u1","call_state":null}           | 26 | call_state | call_state is null
            {"uid":"u1","call_state":true}           | 26 | call_state | call_state is neither text nor number
            {"uid":"u1"}                             | 1 | call_state | call_state is missing
            {"call_state":"1"}                       | 1 | uid        | uid is missing
            {"uid":"","call_state":"1"}              | 8 | uid        | uid is empty
            {"uid":null,"call_state":"1"}            | 8 | uid        | uid is null
            {"uid":["a"],"call_state":"1"}           | 8 | uid        | uid is not a text
            {"uid":"u1","call_state":"1","clid":{}}  | 37 | clid       | clid is an object
            {"uid":"u1","call_state":"1","users":{}} | 38 | users      | users is not a list
            {"uid":"u1","call_state":"1","users":[1,[2]]} | 41 | users.1 | a user is not a text
            {"_ai":"a"}                              | 1 | _pm        | the call's uid is missing
            {"_ai":"a","_pm":[{"ky":"ui","vl":""}]}  | 35 | _pm        | uid is empty
            {"_ai":"a","_ld":3,"_pm":[]}             | 18 | _ld        | _ld is not a list
            {"_dsp":"x","uid":"u1"}                  | 9 | _dsp       | _dsp is not a list
            """)
    void whatIsNoCallLog(String json, int column, String field, String problem) {
      var malformed = Samples.malformed(json);

      assertThat(malformed)
          .isEqualTo(new Malformed(1, column, field, problem, malformed.expected()));
      assertThat(malformed.expected()).isNotBlank();
    }

    @Test
    void aUidOfTwoHundredAndOneCharacters() {
      var longest = "u".repeat(200);
      assertThat(Samples.log("{\"uid\":\"" + longest + "\",\"call_state\":\"1\"}").uid())
          .isEqualTo(longest);

      var malformed = Samples.malformed("{\"uid\":\"u" + longest + "\",\"call_state\":\"1\"}");

      assertThat(malformed.problem()).isEqualTo("a uid of 201 characters");
    }

    @Test
    void aKeyThatStandsThereTwiceAtAnyDepth() {
      var malformed = Samples.malformed(HEAD + ",\n \"x\":[{\"a\":1,\n\"a\":2}]}");

      assertThat(malformed)
          .isEqualTo(new Malformed(3, 1, "x.0.a", "the key stands there twice", "each key once"));
    }

    @Test
    void keysThatAreTheSameOnlyWhenUnescaped() {
      assertThat(Samples.malformed(HEAD + ",\"u\\u0069d\":\"u2\"}").field()).isEqualTo("uid");
    }

    @Test
    void thirtyThreeLevels() {
      // The object itself is the first level.
      assertThat(Samples.log(HEAD + ",\"x\":" + "[".repeat(31) + "]".repeat(31) + "}")).isNotNull();

      var malformed = Samples.malformed(HEAD + ",\"x\":" + "[".repeat(32) + "]".repeat(32) + "}");

      assertThat(malformed.problem()).isEqualTo("nested too deep");
      assertThat(malformed.expected()).isEqualTo("at most 32 levels");
    }

    @Test
    void endlessDepthWithoutFailingOnTheStack() {
      assertThat(Samples.malformed(HEAD + ",\"x\":" + "[{\"a\":".repeat(20_000)).problem())
          .isEqualTo("nested too deep");
    }

    @Test
    void moreThan256KiB() {
      var frame = HEAD + ",\"x\":\"\"}";
      var room = CallLogReader.SIZE_BYTES_MAX - frame.length();
      var largest = HEAD + ",\"x\":\"" + "x".repeat(room) + "\"}";
      assertThat(Samples.log(largest).json()).isEqualTo(largest);

      var malformed = Samples.malformed(HEAD + ",\"x\":\"" + "x".repeat(room + 1) + "\"}");

      assertThat(malformed.problem()).isEqualTo("a call log of 262145 bytes");
      assertThat(CallLogReader.read(HEAD + ",\"x\":\"" + "€".repeat(room / 3 + 1) + "\"}"))
          .isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "\\ud83dx", "\\ude00\\ud83d", "a\\udbff"})
    void halfASurrogatePairInValuesAndKeys(String half) {
      assertThat(Samples.malformed(HEAD + ",\"x\":\"" + half + "\"}").problem())
          .isEqualTo("half of a surrogate pair stands alone");
      assertThat(Samples.malformed(HEAD + ",\"" + half + "\":1}").problem())
          .isEqualTo("half of a surrogate pair stands alone");
      assertThat(Samples.log(HEAD + ",\"x\":\"\\ud83d\\ude00\"}").text("x")).contains("😀");
    }

    @Test
    void nulRawAndEscaped() {
      assertThat(Samples.malformed(HEAD + ",\"x\":\"a\0\"}"))
          .isEqualTo(new Malformed(1, 36, "", "a NUL character", "text without NUL"));
      assertThat(Samples.malformed(HEAD + ",\"x\":\"a\\u0000\"}"))
          .isEqualTo(new Malformed(1, 34, "x", "a NUL character (\\u0000)", "text without NUL"));
    }

    @Test
    void numbersOfMoreThan64Digits() {
      assertThat(Samples.log(HEAD + ",\"x\":-" + "7".repeat(62) + ".5e+1}")).isNotNull();

      var malformed = Samples.malformed(HEAD + ",\"x\":" + "7".repeat(65) + "}");

      assertThat(malformed.field()).isEqualTo("x");
      assertThat(malformed.problem()).isEqualTo("a number of 65 digits");
      assertThat(Samples.malformed(HEAD + ",\"x\":" + "7".repeat(200_000) + "}").problem())
          .isEqualTo("a number of 200000 digits");
    }

    @Test
    void bytesThatAreNotUtf8() {
      var bytes = ("{\n\"uid\":\"é" + "?\"}").getBytes(StandardCharsets.UTF_8);
      bytes[bytes.length - 3] = (byte) 0xC3;

      assertThat(CallLogReader.read(bytes))
          .isEqualTo(new Malformed(2, 9, "", "bytes that are not UTF-8 text", "text in UTF-8"));
      assertThat(Samples.log(HEAD + ",\"x\":\"\uFFFD\"}").text("x")).contains("\uFFFD");
    }

    @Test
    void surrogatesWrittenAsUtf8() {
      var json = (HEAD + ",\"x\":\"___\"}").getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, 0, json, 35, 3);

      assertThat(CallLogReader.read(json)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "   ",
          "[]",
          "\"x\"",
          "7",
          "null",
          "true",
          "{",
          "{\"uid\"",
          "{\"uid\":}",
          "{'uid':'u1'}",
          "{\"uid\":\"u1\",}",
          "{\"uid\":\"a\tb\"}",
          "{uid:1}",
          "{\"a\":01}",
          "{\"a\":NaN}",
          "{\"a\":+1}",
          "{\"a\":.5}",
          "{\"a\":\"\\x\"}",
          "{\"a\":\"\\u12\"}",
          "/*c*/{}",
          "{}{}",
          "nul",
          "\u0001"
        })
    void whatIsNotOneJsonObject(String json) {
      var malformed = Samples.malformed(json);

      assertThat(malformed.problem()).isNotBlank();
      assertThat(malformed.expected()).isNotBlank();
      assertThat(malformed.line()).isPositive();
      assertThat(malformed.column()).isPositive();
    }

    @Test
    void whatFollowsTheObject() {
      var malformed = Samples.malformed(HEAD + "}\n{}");

      assertThat(malformed.problem()).isEqualTo("something follows the object");
      assertThat(malformed.line()).isEqualTo(2);
      assertThat(malformed.column()).isEqualTo(1);
    }

    @Test
    void brokenJsonInWordsWithItsPlace() {
      var malformed = Samples.malformed("{\n  \"uid\": \"u1\",\n  \"call_state\" \"1\"\n}");

      assertThat(malformed.line()).isEqualTo(3);
      assertThat(malformed.field()).isEqualTo("call_state");
      assertThat(malformed.sentence())
          .startsWith("line 3, column 16, field call_state: ")
          .contains("; expected ");
    }
  }
}
