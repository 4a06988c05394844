package io.switchhook.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class AnswerReaderTest {
  private static final String BODY =
      "{\"accepted\":[{\"id\":\"e_1\",\"uid\":\"u\",\"sequence\":1,\"duplicate\":false},"
          + "{\"id\":\"e_2\",\"uid\":\"u\",\"sequence\":12,\"duplicate\":true}]}";
  private static final String ACCEPTED =
      "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: "
          + BODY.length()
          + "\r\n\r\n"
          + BODY;
  private static final String BUSY =
      "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 2\r\n\r\n{}";

  private final AnswerReader reader = new AnswerReader();
  private final Answers.Entry entry = new Answers.Entry();

  @Test
  void answersAreReadWhereverTheyAreCut() {
    var bytes = (ACCEPTED + BUSY).getBytes(StandardCharsets.US_ASCII);
    for (var cut = 0; cut <= bytes.length; cut++) {
      var read = new StringBuilder();
      reader.add(ByteBuffer.wrap(bytes, 0, cut));
      readAll(read);
      reader.add(ByteBuffer.wrap(bytes, cut, bytes.length - cut));
      readAll(read);
      assertThat(read.toString()).as("cut at %d", cut).isEqualTo("202 1 12+ 503 ");
    }
  }

  private void readAll(StringBuilder read) {
    while (reader.next()) {
      read.append(reader.status()).append(' ');
      while (reader.nextEntry(entry)) {
        read.append(entry.sequence()).append(entry.isDuplicate() ? "+ " : " ");
      }
    }
  }

  @Test
  void idsHaveTheirHash() {
    reader.add(ByteBuffer.wrap(ACCEPTED.getBytes(StandardCharsets.US_ASCII)));
    assertThat(reader.next()).isTrue();
    assertThat(reader.nextEntry(entry)).isTrue();
    assertThat(entry.idHash()).isEqualTo(Token.hash("e_1"));
  }
}
