package io.switchhook.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallLogTest {
  @Test
  void pathsReachIntoListsAndObjects() {
    var log = Samples.log(Samples.afterCall());

    assertThat(log.text("_ld.0._ds")).contains("ANSWER");
    assertThat(log.text("_ld.0._rr.0._na")).contains("Agent");
    assertThat(log.text("_su")).contains("1");
    assertThat(log.text("_drm")).contains("0.65");
    assertThat(log.text("_us.0")).contains("{\"ky\":\"5cd40f6556f2f124\",\"vl\":\"received\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "nothing",
        "_ld.1",
        "_ld.-1",
        "_ld.00000000000",
        "_ld.x",
        "_ld.0.",
        "_su.0",
        "_ai._ai",
        "_ld.٠._ds"
      })
  void pathsThatLeadNowhereGiveNothing(String path) {
    var log = Samples.log(Samples.afterCall());

    assertThat(log.text(path)).isEmpty();
    assertThat(log.values(path)).isEmpty();
    assertThat(log.has(path)).isFalse();
  }

  @Test
  void nullIsAsGoodAsAbsentAndEmptyTextIsNot() {
    var log =
        Samples.log("{\"uid\":\"u\",\"call_state\":1,\"status\":null,\"clid\":\"\",\"x\":[]}");

    assertThat(log.text("status")).isEmpty();
    assertThat(log.has("status")).isFalse();
    assertThat(log.text("clid")).contains("");
    assertThat(log.has("clid")).isTrue();
    assertThat(log.text("x")).contains("");
    assertThat(log.values("x")).isEmpty();
    assertThat(log.has("x")).isTrue();
  }

  @Test
  void listsJoinWithCommasAndGiveTheirElements() {
    var log = Samples.log("{\"uid\":\"u\",\"call_state\":1,\"x\":[\"a\",null,2,true,{\"b\":[]}]}");

    assertThat(log.text("x")).contains("a,2,true,{\"b\":[]}");
    assertThat(log.values("x")).containsExactly("a", "2", "true", "{\"b\":[]}");
    assertThat(log.values("call_state")).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"91\",\"92\"]",
        "[91,92]",
        "\"91,92\"",
        "\" 91 , 92 ,\"",
        "\"[\\\"91\\\",\\\"92\\\"]\"",
        "\"[91, 92]\""
      })
  void usersAreAListHoweverTheyAreWritten(String users) {
    var log = Samples.log("{\"uid\":\"u\",\"call_state\":5,\"users\":" + users + "}");

    assertThat(log.values("users")).containsExactly("91", "92");
    assertThat(log.text("users")).contains("91,92");
    assertThat(log.text("users.1")).contains("92");
    assertThat(InCallLog.of(log).users()).containsExactly("91", "92");
  }

  @Test
  void usersThatAreNoneOrStrangeStayWhatTheyAre() {
    assertThat(users("\"\"")).isEmpty();
    assertThat(users("null")).isEmpty();
    assertThat(users("91")).containsExactly("91");
    assertThat(users("\"[91\"")).containsExactly("[91");
    assertThat(users("\"[[91]]\"")).containsExactly("[[91]]");
  }

  @Test
  void canonicalContentDoesNotDependOnOrderSpaceOrEscapes() {
    var one = Samples.log("{\"uid\":\"u\",\"call_state\":1,\"x\":{\"a\":\"/é\",\"b\":[1,2]}}");
    var other =
        Samples.log(
            "{ \"x\":{\"b\":[1 ,2],\"a\":\"\\/\\u00e9\"},\"call_state\":1,\"\\u0075id\":\"u\"}");

    assertThat(one.canonicalContent()).isEqualTo(other.canonicalContent());
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void canonicalContentTellsDifferentLogsApart() {
    var log = Samples.log("{\"uid\":\"u\",\"call_state\":1,\"x\":[1,2]}").canonicalContent();

    assertThat(Samples.log("{\"uid\":\"u\",\"call_state\":1,\"x\":[2,1]}").canonicalContent())
        .isNotEqualTo(log);
    assertThat(Samples.log("{\"uid\":\"u\",\"call_state\":\"1\",\"x\":[1,2]}").canonicalContent())
        .isNotEqualTo(log);
    assertThat(
            Samples.log("{\"uid\":\"u\",\"call_state\":1,\"x\":[1,2],\"y\":null}")
                .canonicalContent())
        .isNotEqualTo(log);
  }

  @Test
  void itsTextDoesNotShowWhatItHolds() {
    var log = Samples.log(Samples.inCall());

    assertThat(log.toString()).doesNotContain("9711636496");
    assertThat(InCallLog.of(log).toString()).doesNotContain("9711636496");
  }

  private static java.util.List<String> users(String written) {
    return Samples.log("{\"uid\":\"u\",\"call_state\":5,\"users\":" + written + "}")
        .values("users");
  }
}
