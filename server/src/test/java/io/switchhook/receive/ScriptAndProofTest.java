package io.switchhook.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.receive.Answer.Status;
import io.switchhook.receiver.Proof;
import io.switchhook.receiver.ReceivedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptAndProofTest {
  @Test
  void scriptIsFollowedAndItsLastItemRepeated() {
    var script =
        switch (AnswerScript.parse("200, 503,timeout,reset,slow,429:5,redirect")) {
          case AnswerScript.Script(var parsed) -> parsed;
          case AnswerScript.Wrong(var reason) -> throw new AssertionError(reason);
        };

    assertThat(Stream.generate(script::next).limit(9).map(Answer::word))
        .containsExactly(
            "200", "503", "timeout", "reset", "slow", "429:5", "redirect", "redirect", "redirect");
    assertThat(AnswerScript.ok().next()).isEqualTo(new Status(200, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "200,", "100", "600", "2000", "ok", "429:", "429:x", "TIMEOUT", "200 503"})
  void wrongScriptIsRefusedWithWhatIsAllowed(String text) {
    assertThat(AnswerScript.parse(text))
        .isInstanceOfSatisfying(
            AnswerScript.Wrong.class,
            wrong ->
                assertThat(wrong.reason())
                    .contains("is no answer; allowed is a list of: a status"));
  }

  @ParameterizedTest
  @CsvSource({
    "abc123def, admin:123456, true",
    "abc123de, admin:123456, false",
    "abc123def, admin:12345, false",
    "abc123def, , false",
    ", admin:123456, false",
    "'', '', false",
    ", , false"
  })
  void headerAndBasicAuthMustBothBeShownWhenBothAreAsked(
      @Nullable String secret, @Nullable String user, boolean isShown) {
    var headers = new java.util.HashMap<String, String>();
    if (secret != null) {
      headers.put("my-super-secret-token", secret);
    }
    if (user != null) {
      headers.put("Authorization", "basic " + base64(user));
    }

    assertThat(isShown(asked("my-super-secret-token: abc123def", "admin:123456"), headers))
        .isEqualTo(isShown);
  }

  @Test
  void passwordMayHaveColonsAndOtherCharacters() {
    var proof = asked(null, "ädmin:a:b c");

    assertThat(isShown(proof, Map.of("Authorization", "Basic " + base64("ädmin:a:b c")))).isTrue();
    assertThat(isShown(proof, Map.of("Authorization", "Bearer " + base64("ädmin:a:b c"))))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "name", "name:", "name:  ", "na me: x", ": x", "name: x\r\ny: z"})
  void headerThatIsNoneIsRefusedWithoutShowingIt(String header) {
    assertThat(new ProofOptions(header, null, null).parse())
        .isInstanceOfSatisfying(
            ProofOptions.Wrong.class,
            wrong -> assertThat(wrong.reason()).startsWith("a header is written as Name: value"));
  }

  @Test
  void basicAuthWithoutAColonIsRefused() {
    assertThat(new ProofOptions(null, "secretword", null).parse())
        .isInstanceOfSatisfying(
            ProofOptions.Wrong.class,
            wrong -> assertThat(wrong.reason()).doesNotContain("secretword"));
  }

  @Test
  void signingSecretThatIsNoneIsRefusedWithoutShowingIt() {
    assertThat(new ProofOptions(null, null, "whsec_no base64").parse())
        .isInstanceOfSatisfying(
            ProofOptions.Wrong.class,
            wrong ->
                assertThat(wrong.reason()).contains("base64, with").doesNotContain("no base64"));
    assertThat(new ProofOptions(null, null, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").parse())
        .isInstanceOf(ProofOptions.Asked.class);
  }

  @Test
  void controlCharactersAndTurnsOfDirectionAreNotPrinted() {
    assertThat(PlainText.of("a\u001b[31mb\r\nc\u0000\u009b\u202e\u2028\u2066d😀é"))
        .isEqualTo("a[31mbcd😀é");
    assertThat(PlainText.of("x".repeat(500))).hasSize(200);
  }

  private static Proof asked(@Nullable String header, @Nullable String basicAuth) {
    return switch (new ProofOptions(header, basicAuth, null).parse()) {
      case ProofOptions.Asked(var proof) -> proof;
      case ProofOptions.Wrong(var reason) -> throw new AssertionError(reason);
    };
  }

  private static boolean isShown(Proof proof, Map<String, String> headers) {
    var request = new ReceivedRequest("POST", null, headers::get, new byte[0]);
    return proof.lackOf(request, Instant.EPOCH).isEmpty();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
