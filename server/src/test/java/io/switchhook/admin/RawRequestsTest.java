package io.switchhook.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawRequestsTest {
  @TempDir Path folder;
  private RunningApi api;

  @BeforeEach
  void start() {
    api = new RunningApi(folder, /* bodyMillisMax= */ 300);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void whatIsNoHttpIsRefusedAndTheConnectionClosed() throws IOException {
    for (var request :
        List.of(
            "GARBAGE\r\n\r\n",
            "GET /health/live HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(17_000) + "\r\n\r\n",
            "GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
            "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
            "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n")) {
      assertThat(answer(request)).as(request).matches("(?s)HTTP/1\\.[01] 4\\d\\d .*");
    }
  }

  @Test
  void chunkedBodyIsCutAtItsLimit() throws IOException {
    var head =
        "POST /api/v1/companies/default/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
            + api.adminKey
            + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    var chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";

    assertThat(answer(head + chunk.repeat(17))).startsWith("HTTP/1.1 413 ");
  }

  @Test
  void bodyThatDoesNotComeIsCutAndNothingIsTaken() throws IOException {
    var before = api.everything();
    var head =
        "POST /api/v1/companies/default/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
            + api.adminKey
            + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";

    assertThat(answer(head)).startsWith("HTTP/1.1 408 ").contains("nothing of it was taken");
    assertThat(api.everything()).isEqualTo(before);
  }

  /** Sends bytes and reads until the server closes. */
  private String answer(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
      socket.setSoTimeout(15_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
