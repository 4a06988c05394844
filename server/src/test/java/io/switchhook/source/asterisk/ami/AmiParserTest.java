package io.switchhook.source.asterisk.ami;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.source.asterisk.ami.AmiMessage.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AmiParserTest {
  private static final Path TRANSCRIPTS = Path.of("src/test/resources/source/asterisk/transcripts");

  private final List<AmiMessage> messages = new ArrayList<>();
  private final AmiParser parser = new AmiParser(messages::add);

  static Stream<Path> transcripts() throws IOException {
    try (var files = Files.list(TRANSCRIPTS)) {
      return files.sorted().toList().stream();
    }
  }

  @Test
  void emptyLineEndsMessage() {
    parse("Event: Hangup\r\nCause: 16\r\n\r\nEvent: Newstate\r\n");

    assertThat(messages)
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.event()).isEqualTo("Hangup");
              assertThat(message.text("cause")).isEqualTo("16");
            });
  }

  @Test
  void firstLineIsTheBannerAndNoPartOfTheFirstMessage() {
    parse(
        "Asterisk Call Manager/5.0.4\r\nResponse: Success\r\nMessage: Authentication accepted\r\n\r\n");

    assertThat(parser.banner()).contains("Asterisk Call Manager/5.0.4");
    assertThat(messages)
        .containsExactly(
            AmiMessage.of("Response", "Success", "Message", "Authentication accepted"));
    assertThat(messages.getFirst().isResponse()).isTrue();
  }

  @Test
  void linesMayEndWithLineFeedAlone() {
    parse("Event: Hangup\nCause: 16\n\nEvent: X\n\n");

    assertThat(messages)
        .containsExactly(
            AmiMessage.of("Event", "Hangup", "Cause", "16"), AmiMessage.of("Event", "X"));
  }

  @Test
  void repeatedAndUnknownFieldsAreKept() {
    parse(
        "Event: New\r\nChanVariable: A=1\r\nChanVariable: B=a: b\r\nFuture:yes\r\nEmpty:\r\nno colon\r\n\r\n");

    var message = messages.getFirst();
    assertThat(message.all("ChanVariable")).containsExactly("A=1", "B=a: b");
    assertThat(message.fields())
        .contains(new Field("Future", "yes"), new Field("Empty", ""), new Field("", "no colon"));
  }

  @Test
  void responseWithinAnEventIsAnEvent() {
    parse("Event: OriginateResponse\r\nResponse: Failure\r\nUniqueid: <unknown>\r\n\r\n");

    var message = messages.getFirst();
    assertThat(message.isEvent()).isTrue();
    assertThat(message.isResponse()).isFalse();
    assertThat(message.response()).isEqualTo("Failure");
    assertThat(message.text("Uniqueid")).isEmpty();
    assertThat(message.first("Uniqueid")).contains("<unknown>");
  }

  @Test
  void timestampIsReadWithItsFraction() {
    assertThat(AmiMessage.of("Timestamp", "1795343714.376519").timestamp())
        .contains(Instant.parse("2026-11-22T10:35:14.376519Z"));
    for (var odd : List.of("", "now", "99999999999999999999", "1.2.3", "-5", "1.0000000001")) {

      assertThat(AmiMessage.of("Timestamp", odd).timestamp()).as(odd).isEmpty();
    }
  }

  @Test
  void overLongLineIsCutAndTheMessageSaysSo() {
    parse(
        "Event: A\r\nData: "
            + "x".repeat(AmiParser.LINE_BYTES_MAX)
            + "\r\nNext: 1\r\n\r\nEvent: B\r\n\r\n");

    assertThat(messages).hasSize(2);
    assertThat(messages.getFirst().isCut()).isTrue();
    assertThat(messages.getFirst().text("Data"))
        .hasSize(AmiParser.LINE_BYTES_MAX - "Data: ".length());
    assertThat(messages.getFirst().text("Next")).isEqualTo("1");
    assertThat(messages.getLast().isCut()).isFalse();
  }

  @Test
  void lineAtTheLimitIsWhole() {
    var value = "x".repeat(AmiParser.LINE_BYTES_MAX - "Data: ".length());
    parse("Event: A\r\nData: " + value + "\r\n\r\n");

    assertThat(messages).containsExactly(AmiMessage.of("Event", "A", "Data", value));
  }

  @Test
  void messageHasALimit() {
    parse("Event: A\r\n" + "K: v\r\n".repeat(AmiParser.FIELDS_MAX) + "\r\n");

    assertThat(messages.getFirst().fields()).hasSize(AmiParser.FIELDS_MAX);
    assertThat(messages.getFirst().isCut()).isTrue();
  }

  @Test
  void bytesThatAreNoUtf8AreReplaced() {
    parser.feed("CallerIDName: Jos\u00e9\r\n\r\n".getBytes(ISO_8859_1));

    assertThat(messages.getFirst().text("CallerIDName")).isEqualTo("Jos\uFFFD");
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void recordingCutAnywhereGivesTheSameMessages(Path transcript) throws IOException {
    var bytes = Files.readAllBytes(transcript);
    parser.feed(bytes);
    assertThat(messages).isNotEmpty().noneMatch(AmiMessage::isCut);
    var random = new Random(transcript.getFileName().toString().hashCode());
    for (var round = 0; round < 20; round++) {
      assertThat(cutAnywhere(bytes, random)).isEqualTo(messages);
    }
  }

  private static List<AmiMessage> cutAnywhere(byte[] bytes, Random random) {
    var messages = new ArrayList<AmiMessage>();
    var parser = new AmiParser(messages::add);
    var piece = 1 + random.nextInt(200);
    for (var from = 0; from < bytes.length; ) {
      var to = Math.min(bytes.length, from + 1 + random.nextInt(piece));
      parser.feed(Arrays.copyOfRange(bytes, from, to));
      from = to;
    }
    return messages;
  }

  private void parse(String text) {
    parser.feed(text.getBytes(UTF_8));
  }
}
