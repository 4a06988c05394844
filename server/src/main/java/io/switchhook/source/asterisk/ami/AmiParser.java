package io.switchhook.source.asterisk.ami;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Cuts the bytes of a manager connection into messages: lines {@code Key: Value} that end with CRLF
 * or LF, an empty line ends a message, the very first line is the banner. For one connection and
 * one thread.
 *
 * <p>Bytes may come cut anywhere. Memory is bounded: what is beyond a limit is left out, and the
 * message says so ({@link AmiMessage#isCut}). Bytes that are no UTF-8 become U+FFFD.
 */
public final class AmiParser {
  /** The longest line that is kept whole, in bytes without its end. */
  public static final int LINE_BYTES_MAX = 16 * 1024;

  /** The most fields that a message keeps. */
  public static final int FIELDS_MAX = 2_000;

  /** The most bytes of lines that a message keeps. */
  public static final int MESSAGE_BYTES_MAX = 1024 * 1024;

  private static final String BANNER_START = "Asterisk Call Manager";
  private static final int LINE_BYTES_FIRST = 256;

  private final Consumer<AmiMessage> onMessage;
  private byte[] line = new byte[LINE_BYTES_FIRST];
  private int lineLength;
  private boolean lineIsCut;
  private List<AmiMessage.Field> fields = new ArrayList<>();
  private int messageBytes;
  private boolean messageIsCut;
  private boolean isFirstLine = true;
  private String banner = "";

  /** A parser that gives each message to {@code onMessage}, in their order. */
  public AmiParser(Consumer<AmiMessage> onMessage) {
    this.onMessage = onMessage;
  }

  /**
   * The connection's first line, as {@code Asterisk Call Manager/5.0.4}; empty until it is whole.
   */
  public Optional<String> banner() {
    return banner.isEmpty() ? Optional.empty() : Optional.of(banner);
  }

  /** Goes on with these bytes. */
  public void feed(byte[] bytes) {
    feed(bytes, 0, bytes.length);
  }

  /** Goes on with {@code length} of these bytes. */
  public void feed(byte[] bytes, int offset, int length) {
    var end = offset + length;
    var from = offset;
    while (from < end) {
      var lineEnd = indexOfLineEnd(bytes, from, end);
      if (lineEnd < 0) {
        keep(bytes, from, end - from);
        return;
      }
      keep(bytes, from, lineEnd - from);
      endLine();
      from = lineEnd + 1;
    }
  }

  private static int indexOfLineEnd(byte[] bytes, int from, int end) {
    for (var i = from; i < end; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void keep(byte[] bytes, int offset, int length) {
    // One more than the limit, for the CR of a line that just fits.
    var room = LINE_BYTES_MAX + 1 - lineLength;
    var kept = Math.min(length, room);
    lineIsCut |= kept < length;
    if (lineLength + kept > line.length) {
      line = Arrays.copyOf(line, Math.max(lineLength + kept, 2 * line.length));
    }
    System.arraycopy(bytes, offset, line, lineLength, kept);
    lineLength += kept;
  }

  private void endLine() {
    var length = lineLength;
    if (length > 0 && !lineIsCut && line[length - 1] == '\r') {
      length--;
    }
    if (length > LINE_BYTES_MAX) {
      length = LINE_BYTES_MAX;
      lineIsCut = true;
    }
    take(length);
    lineLength = 0;
    lineIsCut = false;
  }

  private void take(int length) {
    var wasFirst = isFirstLine;
    isFirstLine = false;
    if (length == 0) {
      endMessage();
      return;
    }
    messageIsCut |= lineIsCut;
    if (fields.size() == FIELDS_MAX || messageBytes + length > MESSAGE_BYTES_MAX) {
      messageIsCut = true;
      return;
    }
    messageBytes += length;
    var field = field(length);
    if (wasFirst && field.value().startsWith(BANNER_START)) {
      banner = field.value();
      messageBytes = 0;
      return;
    }
    fields.add(field);
  }

  private AmiMessage.Field field(int length) {
    var colon = 0;
    while (colon < length && line[colon] != ':') {
      colon++;
    }
    if (colon == length) {
      return new AmiMessage.Field("", text(0, length));
    }
    var value = colon + 1;
    while (value < length && line[value] == ' ') {
      value++;
    }
    return new AmiMessage.Field(text(0, colon), text(value, length));
  }

  private String text(int from, int to) {
    return new String(line, from, to - from, StandardCharsets.UTF_8);
  }

  private void endMessage() {
    if (fields.isEmpty() && !messageIsCut) {
      return;
    }
    var message = new AmiMessage(fields, messageIsCut);
    fields = new ArrayList<>();
    messageBytes = 0;
    messageIsCut = false;
    onMessage.accept(message);
  }
}
