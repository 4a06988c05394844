package io.switchhook.calllog;

import java.util.Random;

/** Texts that careless code trips over. */
final class HostileText {
  private static final String[] PIECES = {
    "\"",
    "\\",
    "/",
    "'",
    "&",
    "=",
    "+",
    "%",
    "%41",
    ";",
    "#",
    "?",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\u0001",
    "\u001f",
    "\u007f",
    "\u0080",
    "é",
    "e\u0301",
    "שלום",
    "مرحبا",
    "\u202e",
    "\u2028",
    "\u2029",
    "\uFEFF",
    "\uFFFD",
    "\uFFFF",
    "😀",
    "👩‍👩‍👧‍👦",
    "𝔘",
    "नमस्ते",
    "<script>",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "\\u0041",
    "abc",
    "0",
    "+919711636496"
  };

  private HostileText() {}

  /** A text of up to seven pieces. */
  static String draw(Random random) {
    var text = new StringBuilder();
    for (var i = random.nextInt(8); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
