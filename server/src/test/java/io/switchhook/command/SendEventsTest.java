package io.switchhook.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SendEventsTest {
  private static final String EVENTS = "POST /api/v1/companies/default/events";

  @TempDir Path folder;

  private final Shell shell = new Shell().with("SWITCHHOOK_KEY", "a-key-for-tests");
  private final FakeApi api;

  SendEventsTest() throws IOException {
    api = new FakeApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private int send(String lines, String... more) throws IOException {
    var file = Files.writeString(folder.resolve("calls.ndjson"), lines);
    var arguments =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of("events", "send", file.toString(), "--url", api.url()),
                java.util.Arrays.stream(more))
            .toArray(String[]::new);
    return shell.run(arguments);
  }

  private static String accepted(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"id\":\"e" + i + "\",\"duplicate\":" + (i == 0) + "}")
        .collect(Collectors.joining(",", "{\"accepted\":[", "]}"));
  }

  @Test
  void linesGoAsTheyAreAndRecordingsAreOpened() throws IOException {
    api.on(EVENTS, 202, accepted(3));
    var plain = "{ \"uid\":\"a\", \"n\": 1.50 }";
    var recorded = "{\"call\":\"01\",\"at_ms\":4519,\"log\":{\"uid\":\"b\", \"n\":1e2,\"x\":{}}}";
    var hasLog = "{\"uid\":\"c\",\"log\":{\"x\":1}}";
    assertThat(send(plain + "\n\n" + recorded + "\n" + hasLog + "\n")).isZero();

    var asked = api.asked().getFirst();
    assertThat(asked.contentType()).isEqualTo("application/x-ndjson");
    assertThat(asked.body())
        .isEqualTo(plain + "\n{\"uid\":\"b\", \"n\":1e2,\"x\":{}}\n" + hasLog + "\n");
    assertThat(shell.out()).startsWith("3 logs taken (1 of them were there already)");
  }

  @Test
  void manyLinesGoInBatchesOneAfterTheOther() throws IOException {
    api.on(EVENTS, 202, accepted(500)).on(EVENTS, 202, accepted(101));
    assertThat(send("{\"uid\":\"a\"}\n".repeat(601))).isZero();
    assertThat(api.asked())
        .extracting(one -> one.body().lines().count())
        .containsExactly(500L, 101L);
    assertThat(shell.out()).startsWith("601 logs taken");
  }

  @Test
  void sameRequestIsSentAgainAfterServerWasFull() throws IOException {
    api.on(EVENTS, 503, "{\"title\":\"Full\",\"status\":503}").on(EVENTS, 202, accepted(1));
    assertThat(send("{\"uid\":\"a\"}\n")).isZero();
    assertThat(api.asked()).hasSize(2);
    assertThat(api.asked().getFirst()).isEqualTo(api.asked().getLast());
  }

  @Test
  void refusedLineIsNamedAsItStandsInTheFile() throws IOException {
    api.on(EVENTS, 202, accepted(500))
        .on(
            EVENTS,
            422,
            """
            {"title":"Invalid","status":422,"detail":"Nothing of this request was taken.",
             "errors":[{"line":2,"column":9,"field":"call_state","problem":"must be 1 to 9"}]}
            """);
    assertThat(send("\n" + "{\"uid\":\"a\"}\n".repeat(510))).isEqualTo(1);
    assertThat(shell.err())
        .contains("line 503, column 9, call_state: must be 1 to 9")
        .contains("Nothing from line 502 of")
        .contains("500 logs before it were");
  }

  @Test
  void withoutPatienceLostServerIsToldAtOnce() throws IOException {
    api.close();
    assertThat(send("{\"uid\":\"a\"}\n", "--keep-trying", "0")).isEqualTo(1);
    assertThat(shell.err()).contains("No connection to the server");
  }

  @Test
  void standardInputIsReadToo() {
    api.on(EVENTS, 202, accepted(1));
    shell.typing("{\"uid\":\"a\"}\n");
    assertThat(shell.run("events", "send", "-", "--url", api.url())).isZero();
    assertThat(api.asked()).hasSize(1);
  }
}
