package io.switchhook.console.sources;

import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.Texts;
import io.switchhook.event.Bytes;
import io.switchhook.source.Door;
import io.switchhook.source.UnreadRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * What came to a door and could not be read.
 *
 * @param address of the door
 * @param count of all that is kept; {@code shown} are the newest
 * @param outcome what came of reading again just now; {@code ""} when nothing was
 */
record UnreadView(String address, long count, List<Request> shown, String outcome) {
  /** So many are shown. */
  static final int SHOWN_MAX = 25;

  /** So much of a body is shown, in characters. */
  static final int BODY_LENGTH_MAX = 4_000;

  UnreadView {
    shown = List.copyOf(shown);
  }

  /**
   * A request that could not be read.
   *
   * @param line method and query as they came, without the sender's secret
   * @param isCut true when its body is longer than what is shown
   */
  record Request(
      long id,
      Instant receivedAt,
      String reason,
      String line,
      String contentType,
      String body,
      boolean isCut) {}

  static UnreadView of(ConsoleRequest request, Door door) {
    var count = door.unreadCount();
    var address = "/in/" + door.name();
    return new UnreadView(
        address,
        count,
        door.unread(SHOWN_MAX).stream().map(it -> request(address, it)).toList(),
        request
            .inQuery("read")
            .filter(text -> text.matches("[0-9]{1,9}"))
            .map(read -> outcome(Long.parseLong(read), count))
            .orElse(""));
  }

  private static String outcome(long read, long unread) {
    var words = "Read and told now: " + Texts.number(read) + ". ";
    return unread == 0
        ? words + "Nothing is left unread."
        : words + "Still unread: " + Texts.number(unread) + ".";
  }

  private static Request request(String address, UnreadRequest unread) {
    var body = text(unread.body());
    var query = unread.rawQuery().isEmpty() ? "" : "?" + unread.rawQuery();
    return new Request(
        unread.id(),
        unread.receivedAt(),
        unread.reason(),
        unread.method() + " " + address + query,
        unread.contentType(),
        body.length() <= BODY_LENGTH_MAX ? body : body.substring(0, BODY_LENGTH_MAX),
        body.length() > BODY_LENGTH_MAX);
  }

  /** As text; what is no UTF-8 as hexadecimal digits. */
  private static String text(Bytes body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.array())).toString();
    } catch (CharacterCodingException e) {
      return HexFormat.ofDelimiter(" ").formatHex(body.array());
    }
  }
}
