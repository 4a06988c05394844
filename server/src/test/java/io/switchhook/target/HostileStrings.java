package io.switchhook.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Strings that a call log can hold and that break encoders. */
final class HostileStrings {
  private static final int BLOCK = 128;
  private static final int ASTRAL_STEP = 0x2000;

  private HostileStrings() {}

  /** Each known trap, and a sample of every block of the code space. */
  static List<String> all(Random random) {
    var strings =
        new ArrayList<>(
            List.of(
                "",
                " ",
                "  two  spaces  ",
                "+919876543210",
                "a+b c%2Bd%20e",
                "&=+%;#?/:@",
                "a&b=c&myoperator=x",
                "\"quoted\" and 'single' and `back`",
                "\\ \\\\ \\\" \\u0041 \\n",
                "</script><b>",
                "line\r\nbreak\nand\rreturn\ttab",
                "\u0001\u0002\u0007\b\f\u001b\u001f\u007f\u0080\u009f",
                "\u2028\u2029\u0085\ufeff\u200b\u202e",
                "\ufffe\uffff\ufffd",
                "%00%0d%0a",
                "%",
                "%%%",
                "%zz%u0041",
                "null",
                "true",
                "[1,2]",
                "{\"a\":1}",
                "a[b]=c",
                "a.b c[d",
                "\ud834\udd1e\ud83d\udcde\udbff\udfff\ud800\udc00",
                "e\u0301\u00e9",
                "\u0639\u0631\u0628\u064a \u05e2\u05d1\u05e8\u05d9 \u0939\u093f\u0928\u094d\u0926\u0940",
                "x".repeat(5_000)));
    for (var block = 0; block < 0x10000; block += BLOCK) {
      strings.add(sample(random, block, BLOCK));
    }
    for (var block = 0x10000; block < 0x110000; block += ASTRAL_STEP) {
      strings.add(sample(random, block, ASTRAL_STEP));
    }
    return strings;
  }

  private static String sample(Random random, int from, int count) {
    var text = new StringBuilder();
    for (var i = 0; i < 6; i++) {
      var codePoint = from + random.nextInt(count);
      // No log holds NUL or half of a pair.
      if (codePoint != 0 && !(codePoint >= 0xD800 && codePoint <= 0xDFFF)) {
        text.appendCodePoint(codePoint);
      }
    }
    return text.toString();
  }

  /** The string as JSON: what must be escaped is, and by chance other characters too. */
  static String quoted(String text, Random random) {
    var json = new StringBuilder("\"");
    text.codePoints().forEach(c -> append(json, c, text.length() < 100 && random.nextInt(4) == 0));
    return json.append('"').toString();
  }

  private static void append(StringBuilder json, int codePoint, boolean isEscapedByChance) {
    if (codePoint == '"' || codePoint == '\\') {
      json.append('\\').append((char) codePoint);
    } else if (codePoint < 0x20 || isEscapedByChance) {
      for (var unit : Character.toChars(codePoint)) {
        json.append(String.format("\\u%04x", (int) unit));
      }
    } else {
      json.appendCodePoint(codePoint);
    }
  }
}
