package io.switchhook.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.calllog.JsonValue.Fields;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is read quickly is what is read closely: value by value, place by place. */
class SoundJsonTest {
  private static final int ROUNDS = 20_000;

  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "\\",
          "\\u00e9",
          "\\ud83d",
          "\\ude00",
          "\\u0000",
          "\\n",
          "\\/",
          "\\x",
          "\u0000",
          "\u0001",
          "\u007f",
          "\u00e9",
          "\u20b9",
          "\ud83d",
          "\ude00",
          "\ud83d\ude00",
          "0",
          "-",
          "-0",
          "01",
          "1.",
          ".5",
          "1e5",
          "1E+05",
          "1e",
          "123",
          "9".repeat(64),
          "9".repeat(65),
          "true",
          "false",
          "null",
          "nul",
          "True",
          " ",
          "\t",
          "\r\n",
          "\u00a0",
          "\ufeff",
          "\"a\":",
          "\"b\":\"c\",",
          "\"users\":[",
          "\"\":{}",
          "'x'",
          "//",
          "/*",
          "NaN",
          "+1");

  @Test
  void textsOfTheVendorAreReadQuicklyAndAlike() {
    for (var json : List.of(Samples.inCall(), Samples.inCallPretty(), Samples.afterCall())) {
      assertThat(SoundJson.parse(json.strip())).isNotNull().isEqualTo(closely(json.strip()));
    }
  }

  @Test
  void strangeButSoundTextsAreReadQuicklyAndAlike() {
    var deep = "{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}";
    for (var json :
        List.of(
            "{}",
            " { } ",
            "{\"a\":[],\"b\":{},\"c\":[{},[ ]]}",
            "{\"\":-0.0e-7,\"n\":1E+5,\"t\":true,\"f\":false,\"0\":null}",
            "{\"q\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00E9\\ud83d\\ude00\u20b9\ud83d\ude00\u007f\"}",
            "{\"n\":" + "9".repeat(64) + "}",
            deep)) {
      assertThat(SoundJson.parse(json)).as(json).isNotNull().isEqualTo(closely(json));
    }
  }

  @Test
  void whateverIsTakenQuicklyIsTakenCloselyWithTheSameValuesAtTheSamePlaces() {
    var taken = 0;
    var refused = 0;
    for (var seed = 0; seed < ROUNDS; seed++) {
      var json = seed % 2 == 0 ? mutated(new Random(seed)) : drawn(new Random(seed));
      var quickly = SoundJson.parse(json);
      if (quickly != null) {
        taken++;
        var closely = closely(json);
        assertThat(quickly).as("seed %s: %s", seed, json).isEqualTo(closely);
        assertThat(quickly).as("the order of seed %s", seed).hasToString(String.valueOf(closely));
      } else {
        refused++;
      }
    }
    assertThat(taken).as("both ways are walked").isGreaterThan(ROUNDS / 50);
    assertThat(refused).as("both ways are walked").isGreaterThan(ROUNDS / 50);
  }

  private static @Nullable Fields closely(String json) {
    try {
      return JsonTree.parseClosely(json);
    } catch (MalformedException e) {
      return null;
    }
  }

  /** A sample with some pieces put in or taken out. */
  private static String mutated(Random random) {
    var samples = List.of(Samples.inCall(), Samples.inCallPretty(), Samples.afterCall());
    var json = new StringBuilder(samples.get(random.nextInt(samples.size())).strip());
    for (var i = random.nextInt(3); i >= 0; i--) {
      var at = random.nextInt(json.length());
      var end = Math.min(json.length(), at + random.nextInt(3));
      json.replace(at, end, piece(random));
    }
    return json.toString();
  }

  /** A small object of pieces in any order. */
  private static String drawn(Random random) {
    var json = new StringBuilder("{\"k\":");
    for (var i = random.nextInt(4); i >= 0; i--) {
      json.append(piece(random));
    }
    return json.append(random.nextInt(4) == 0 ? "" : "}").toString();
  }

  private static String piece(Random random) {
    return PIECES.get(random.nextInt(PIECES.size()));
  }
}
