package io.switchhook.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.calllog.CallLogBatch.Broken;
import io.switchhook.calllog.CallLogBatch.Logs;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallLogBatchTest {
  private static final String ONE = "{\"uid\":\"u,]}\\\"1\", \"call_state\":1,\"x\":[{}]}";
  private static final String TWO = "{\"uid\":\"u2\",\"call_state\":2}";

  @Test
  void anArraysLogsKeepTheirBytes() {
    assertThat(json(" [" + ONE + " ,\n" + TWO + "]\n")).isEqualTo(logs(ONE, TWO));
    assertThat(json("[]")).isEqualTo(logs());
    assertThat(json(" [ ] ")).isEqualTo(logs());
  }

  @Test
  void oneLogAlone() {
    assertThat(json(ONE)).isEqualTo(logs(ONE));
  }

  @Test
  void linesAreLogsAndBlankOnesAreNot() {
    assertThat(lines(ONE + "\r\n\n" + TWO)).isEqualTo(logs(ONE, TWO));
    assertThat(lines("")).isEqualTo(logs());
  }

  @Test
  void faultNamesItsLogAndItsPlaceInTheWhole() {
    assertThat(lines(ONE + "\n\n{\"uid\":\"u2\",\"call_state\":0}"))
        .isInstanceOfSatisfying(
            Broken.class,
            broken -> {
              assertThat(broken.number()).isEqualTo(2);
              assertThat(broken.fault().line()).isEqualTo(3);
              assertThat(broken.fault().column()).isEqualTo(26);
              assertThat(broken.fault().field()).isEqualTo("call_state");
            });
    assertThat(json("[" + TWO + ",\n\n  {\"uid\":5}]"))
        .isInstanceOfSatisfying(
            Broken.class,
            broken -> {
              assertThat(broken.number()).isEqualTo(2);
              assertThat(broken.fault().line()).isEqualTo(3);
              assertThat(broken.fault().column()).isEqualTo(3);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "[{",
        "[{}",
        "[,]",
        "[\"",
        "[\"\\",
        "[{},]",
        "[1]",
        "[}]",
        "[{}]]",
        "[{]}",
        "[[]]",
        "",
        "{}",
        "[{\"uid\":\"u2\",\"call_state\":2},]",
        "[{\"uid\":\"u2\",\"call_state\":2}] x",
        "[{\"uid\":\"u2\",\"call_state\":2} {\"uid\":\"u2\",\"call_state\":2}]"
      })
  void brokenListsAreFaults(String text) {
    assertThat(json(text)).isInstanceOf(Broken.class);
  }

  @Test
  void aThousandLogsAndNoMore() {
    var thousand = "[" + TWO + (",\n" + TWO).repeat(999);

    assertThat(json(thousand + "]"))
        .isInstanceOfSatisfying(Logs.class, logs -> assertThat(logs.logs()).hasSize(1000));
    assertThat(json(thousand + "," + TWO + "]"))
        .isInstanceOfSatisfying(
            Broken.class,
            broken ->
                assertThat(broken.fault().sentence())
                    .isEqualTo(
                        "line 1000, column 29: more than 1000 call logs; expected at most 1000"));
    assertThat(lines((TWO + "\n").repeat(1001))).isInstanceOf(Broken.class);
  }

  private static CallLogBatch.Result json(String text) {
    return CallLogBatch.readJson(text.getBytes(StandardCharsets.UTF_8));
  }

  private static CallLogBatch.Result lines(String text) {
    return CallLogBatch.readLines(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Logs logs(String... jsons) {
    return new Logs(java.util.Arrays.stream(jsons).map(Samples::log).toList());
  }
}
