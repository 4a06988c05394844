package io.switchhook.testkit.ledger;

import io.switchhook.receive.Answer;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * A webhook's receiver, down at the socket: it sees when a request is complete, when its answer
 * went out and when the other side hung up. Each connection has a virtual thread.
 */
final class ScriptedReceiver implements AutoCloseable {
  private static final Pattern TOKEN = Pattern.compile("token-call-[0-9]+-[0-9]+-end");
  private static final int LINE_BYTES_MAX = 16 * 1024;
  private static final int BODY_BYTES_MAX = 64 * 1024;
  private static final int BACKLOG = 200;

  private final ScriptedWebhook webhook;
  private final Script script;
  private final Ledger ledger;
  private final ServerSocket socket;

  private ScriptedReceiver(
      ScriptedWebhook webhook, Script script, Ledger ledger, ServerSocket socket) {
    this.webhook = webhook;
    this.script = script;
    this.ledger = ledger;
    this.socket = socket;
  }

  /** Listens on a free port of loopback. */
  static ScriptedReceiver start(ScriptedWebhook webhook, Script script, Ledger ledger)
      throws IOException {
    var socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    var receiver = new ScriptedReceiver(webhook, script, ledger, socket);
    Thread.ofVirtual().name("receiver-" + webhook.name()).start(receiver::listen);
    return receiver;
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/" + webhook.name();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void listen() {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        ledger.connections(1);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      var in = new BufferedInputStream(connection.getInputStream());
      var isOpen = exchange(connection, in, /* kept= */ false);
      while (isOpen) {
        isOpen = exchange(connection, in, /* kept= */ true);
      }
    } catch (IOException e) {
      // The other side is gone: what it had asked is written down.
    } finally {
      ledger.connections(-1);
    }
  }

  /** Takes one request; returns whether another may follow on the connection. */
  private boolean exchange(Socket connection, InputStream in, boolean kept) throws IOException {
    var first = line(in);
    if (first.isEmpty()) {
      return false;
    }
    var headers = headers(in);
    var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    if (length > BODY_BYTES_MAX) {
      throw new IOException("a body of " + length + " bytes");
    }
    var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    if (body.length() < length) {
      return false; // torn off before it was complete
    }
    var token = TOKEN.matcher(first + body);
    if (!token.find()) {
      ledger.fault(webhook.name() + " was told something that was never sent: " + first + body);
      return false;
    }
    var time = ledger.seen(webhook.name(), token.group());
    var reception = reception(token.group(), headers, time, kept);
    return answer(connection, in, reception, script.thinks(webhook, token.group(), time));
  }

  private Reception reception(String token, Map<String, String> headers, int time, boolean kept) {
    return new Reception(
        ledger.life(),
        webhook.name(),
        token,
        headers.getOrDefault("webhook-id", ""),
        number(headers, "switchhook-sequence", -1),
        number(headers, "switchhook-previous", -1),
        number(headers, "switchhook-skipped", 0),
        number(headers, "switchhook-attempt", -1),
        ledger.now(),
        script.answer(webhook, token, time),
        ledger.now(),
        /* written= */ false,
        kept);
  }

  private boolean answer(Socket connection, InputStream in, Reception reception, Duration thinks)
      throws IOException {
    var place = ledger.add(reception);
    // Some receivers think before they answer: what overlaps in a lane is then seen.
    LockSupport.parkNanos(thinks.toNanos());
    var answeredAt = ledger.now();
    return switch (reception.answer()) {
      case Answer.Status status -> {
        connection.getOutputStream().write(head(status));
        ledger.amend(place, it -> it.answered(answeredAt));
        yield true;
      }
      case Answer.Reset _ -> {
        connection.setSoLinger(true, 0);
        connection.close();
        ledger.amend(place, it -> it.answered(answeredAt));
        yield false;
      }
      case Answer.Timeout _ -> {
        waitForHangingUp(in);
        ledger.amend(place, it -> it.answered(ledger.now()));
        yield false;
      }
      case Answer.Slow _, Answer.Redirect _ -> throw new IOException("no script says so");
    };
  }

  private static byte[] head(Answer.Status status) {
    var retryAfter =
        status.retryAfterSeconds() == null
            ? ""
            : "Retry-After: " + status.retryAfterSeconds() + "\r\n";
    var length = status.code() == 204 ? "" : "Content-Length: 0\r\n";
    return ("HTTP/1.1 " + status.code() + " Scripted\r\n" + retryAfter + length + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static void waitForHangingUp(InputStream in) {
    try {
      while (in.read() >= 0) {
        // Nothing more is expected.
      }
    } catch (IOException e) {
      // That is hanging up, too.
    }
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    var headers = new HashMap<String, String>();
    for (var line = line(in); !line.isEmpty(); line = line(in)) {
      var colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static int number(Map<String, String> headers, String name, int absent) {
    var value = headers.get(name);
    return value == null ? absent : Integer.parseInt(value);
  }

  /** A line without its end; empty also at the end of the stream. */
  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (var b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        if (line.isEmpty()) {
          return "";
        }
        throw new EOFException("within a line");
      }
      if (line.length() > LINE_BYTES_MAX) {
        throw new IOException("a line of over " + LINE_BYTES_MAX + " bytes");
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }
}
