package io.switchhook.bench.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.bench.load.Token;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class RequestReaderTest {
  private static final String BODY =
      "myoperator=%7B%22id%22%3A%22b17e0700000000ff%22%2C%22uid%22%3A%22u%22%7D";
  private static final String REQUEST =
      "POST /w/12 HTTP/1.1\r\nHost: 127.0.0.1:1\r\nContent-Length: "
          + BODY.length()
          + "\r\nwebhook-id: e_1\r\nswitchhook-sequence: 3\r\nSwitchhook-Previous: 2\r\n"
          + "switchhook-skipped: 1\r\nswitchhook-replay: true\r\n\r\n"
          + BODY;

  private final RequestReader reader = new RequestReader();
  private final Heard heard = new Heard();

  @Test
  void requestIsReadWhereverItIsCut() {
    var bytes = (REQUEST + REQUEST).getBytes(StandardCharsets.US_ASCII);
    for (var cut = 0; cut <= bytes.length; cut++) {
      reader.add(ByteBuffer.wrap(bytes, 0, cut), 1);
      var read = readAll();
      reader.add(ByteBuffer.wrap(bytes, cut, bytes.length - cut), 2);
      assertThat(read + readAll()).as("cut at %d", cut).isEqualTo(2);
    }
  }

  private int readAll() {
    var read = 0;
    while (reader.next(heard)) {
      read++;
      assertThat(heard.webhook()).isEqualTo(12);
      assertThat(heard.traffic()).isEqualTo(7);
      assertThat(heard.ordinal()).isEqualTo(255);
      assertThat(heard.idHash()).isEqualTo(Token.hash("e_1"));
      assertThat(heard.sequence()).isEqualTo(3);
      assertThat(heard.previous()).isEqualTo(2);
      assertThat(heard.skipped()).isEqualTo(1);
      assertThat(heard.isReplay()).isTrue();
    }
    return read;
  }

  @Test
  void timeIsThatOfTheFirstByte() {
    var bytes = REQUEST.getBytes(StandardCharsets.US_ASCII);
    reader.add(ByteBuffer.wrap(bytes, 0, 5), 100);
    reader.add(ByteBuffer.wrap(bytes, 5, bytes.length - 5), 200);
    assertThat(reader.next(heard)).isTrue();
    assertThat(heard.firstByteNanos()).isEqualTo(100);
  }

  @Test
  void whatIsNoWebhookRequestIsToldSo() {
    reader.add(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)), 1);
    assertThat(reader.next(heard)).isFalse();
    assertThat(reader.isBroken()).isTrue();
  }
}
