package io.switchhook.calllog;

import io.switchhook.calllog.ReadResult.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8 and says where it is broken. */
final class Utf8 {
  private Utf8() {}

  /** What came of decoding. */
  sealed interface Result {}

  /** The text. */
  record Decoded(String text) implements Result {}

  /** Where and why there is no text. */
  record Broken(Malformed malformed) implements Result {}

  /** The text that these bytes are. */
  static Result decode(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    // Only a text with the mark of a replaced sequence may hide a broken one: the rest is done.
    if (text.indexOf('\uFFFD') < 0) {
      return new Decoded(text);
    }
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var input = ByteBuffer.wrap(bytes);
    try {
      return new Decoded(decoder.decode(input).toString());
    } catch (CharacterCodingException _) {
      // The decoder stops in front of what it cannot take.
      var before = new String(bytes, 0, input.position(), StandardCharsets.UTF_8);
      var fault =
          new MalformedException(
              before.length(), "", "bytes that are not UTF-8 text", "text in UTF-8");
      return new Broken(fault.in(before, 0));
    }
  }
}
