package io.switchhook.target.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.switchhook.target.OutgoingRequest;
import io.switchhook.webhook.RequestShape.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes requests as HTTP/1.1 has them (RFC 9112 §3, §5). For one event loop: it writes one after
 * the other into the same bytes.
 */
final class RequestWriter {
  private static final int ROOM_KEPT_BYTES_MAX = 64 * 1024;
  private static final int ROOM_BYTES = 4 * 1024;

  private static final byte[] GET = ascii("GET ");
  private static final byte[] POST = ascii("POST ");
  private static final byte[] VERSION = ascii(" HTTP/1.1\r\n");
  private static final byte[] CONTENT_LENGTH = ascii("content-length: ");
  private static final byte[] COLON = ascii(": ");
  private static final byte[] LINE_END = ascii("\r\n");

  /** By character: what it may be part of. */
  private static final byte[] ALLOWED = allowed();

  private static final byte IN_NAME = 1;
  private static final byte IN_VALUE = 2;
  private static final byte IN_URL = 4;

  private byte[] head = new byte[ROOM_BYTES];
  private int length;
  private boolean isAllowed;

  /** The whole request; null when something in it has characters that HTTP does not allow there. */
  @Nullable ByteBuf write(OutgoingRequest request, Place.Host host, ByteBufAllocator allocator) {
    length = 0;
    isAllowed = true;
    var body = request.body();
    add(request.method() == Method.GET ? GET : POST);
    addPathAndQuery(request.url());
    add(VERSION);
    add(host.hostLine());
    for (var header : request.headers()) {
      isAllowed &= !header.name().isEmpty();
      add(header.name(), IN_NAME);
      add(COLON);
      add(header.value(), IN_VALUE);
      add(LINE_END);
    }
    if (body != null) {
      add(CONTENT_LENGTH);
      add(Integer.toString(body.size()), IN_VALUE);
      add(LINE_END);
    }
    add(LINE_END);
    if (!isAllowed) {
      return null;
    }
    var whole = allocator.ioBuffer(length + (body == null ? 0 : body.size()));
    whole.writeBytes(head, 0, length);
    if (body != null) {
      whole.writeBytes(body.array());
    }
    if (head.length > ROOM_KEPT_BYTES_MAX) {
      head = new byte[ROOM_BYTES];
    }
    return whole;
  }

  private void addPathAndQuery(URI url) {
    var path = url.getRawPath();
    add(path == null || path.isEmpty() ? "/" : path, IN_URL);
    var query = url.getRawQuery();
    if (query != null) {
      add("?", IN_URL);
      add(query, IN_URL);
    }
  }

  private void add(byte[] text) {
    makeRoom(text.length);
    System.arraycopy(text, 0, head, length, text.length);
    length += text.length;
  }

  private void add(String text, byte where) {
    var size = text.length();
    makeRoom(size);
    var bytes = head;
    var at = length;
    var allowed = isAllowed;
    for (var i = 0; i < size; i++) {
      var character = text.charAt(i);
      allowed &= character < ALLOWED.length && (ALLOWED[character] & where) != 0;
      bytes[at + i] = (byte) character;
    }
    isAllowed = allowed;
    length = at + size;
  }

  private void makeRoom(int more) {
    if (head.length - length < more) {
      head = Arrays.copyOf(head, Math.max(length + more, 2 * head.length));
    }
  }

  /** Names are tokens; values have visible characters, spaces, tabs (RFC 9110 §5.1, §5.5). */
  private static byte[] allowed() {
    var allowed = new byte[256];
    for (var c = 0x21; c < 256; c++) {
      allowed[c] = c == 0x7f ? 0 : c < 0x7f ? (byte) (IN_VALUE | IN_URL) : IN_VALUE;
    }
    allowed[' '] = IN_VALUE;
    allowed['\t'] = IN_VALUE;
    for (var c : ascii("!#$%&'*+-.^_`|~0123456789")) {
      allowed[c] |= IN_NAME;
    }
    for (var c = 'a'; c <= 'z'; c++) {
      allowed[c] |= IN_NAME;
      allowed[Character.toUpperCase(c)] |= IN_NAME;
    }
    return allowed;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
