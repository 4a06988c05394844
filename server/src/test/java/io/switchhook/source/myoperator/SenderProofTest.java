package io.switchhook.source.myoperator;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.event.Bytes;
import io.switchhook.source.DoorRequest;
import io.switchhook.source.myoperator.SenderProof.Asked;
import io.switchhook.source.myoperator.SenderProof.Wrong;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SenderProofTest {
  @Test
  void headerMustBeShown() {
    var proof = proof("My-Token: abc123def", null, null);

    assertThat(proof.isShownBy(head("", Map.of("my-token", List.of("abc123def"))))).isTrue();
    assertThat(proof.isShownBy(head("", Map.of("my-token", List.of("abc123de"))))).isFalse();
    assertThat(proof.isShownBy(head("", Map.of("my-token", List.of(""))))).isFalse();
    assertThat(proof.isShownBy(head("", Map.of()))).isFalse();
  }

  @Test
  void basicAuthMustBeShown() {
    var proof = proof(null, "admin:12345678", null);
    var right = base64("admin:12345678");

    assertThat(proof.isShownBy(head("", Map.of("authorization", List.of("basic " + right)))))
        .isTrue();
    assertThat(
            proof.isShownBy(
                head("", Map.of("authorization", List.of("Basic " + base64("admin:1234567"))))))
        .isFalse();
    assertThat(proof.isShownBy(head("", Map.of("authorization", List.of("Bearer " + right)))))
        .isFalse();
    assertThat(proof.challenge()).startsWith("Basic");
  }

  @Test
  void tokenMustBeShownAndIsNotKept() {
    var proof = proof(null, null, "key=s3cret%40@x");

    assertThat(proof.isShownBy(head("a=1&key=s3cret%2540%40x", Map.of()))).isTrue();
    assertThat(proof.isShownBy(head("a=%zz&key=s3cret%2540%40x", Map.of()))).isTrue();
    assertThat(proof.isShownBy(head("a=1&key=S3cret%2540%40x", Map.of()))).isFalse();
    assertThat(proof.isShownBy(head("", Map.of()))).isFalse();
    assertThat(proof.withoutToken("a=%zz&k%65y=s3cret&b=+2")).isEqualTo("a=%zz&b=+2");
  }

  @Test
  void allThatIsAskedForMustBeShown() {
    var proof = proof("T: abcdefgh", null, "abcdefgh");

    assertThat(proof.isShownBy(head("token=abcdefgh", Map.of("t", List.of("abcdefgh"))))).isTrue();
    assertThat(proof.isShownBy(head("token=abcdefgh", Map.of()))).isFalse();
    assertThat(proof.isShownBy(head("", Map.of("t", List.of("abcdefgh"))))).isFalse();
    assertThat(proof.toString()).doesNotContain("abcdefgh");
  }

  @Test
  void withoutAnySecretThereIsNoProof() {
    assertThat(SenderProof.parse(null, null, null)).isInstanceOf(Wrong.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "Name: short", "Bad Name: abcdefgh", ": abcdefgh"})
  void headerThatProvesNothingIsRefused(String header) {
    assertThat(SenderProof.parse(header, null, null))
        .isInstanceOfSatisfying(Wrong.class, it -> assertThat(it.key()).isEqualTo("header"));
  }

  @Test
  void otherSecretsThatProveNothingAreRefused() {
    assertThat(SenderProof.parse(null, "admin", null)).isInstanceOf(Wrong.class);
    assertThat(SenderProof.parse(null, "admin:1", null)).isInstanceOf(Wrong.class);
    assertThat(SenderProof.parse(null, null, "token=short")).isInstanceOf(Wrong.class);
  }

  private static SenderProof proof(
      @Nullable String header, @Nullable String basicAuth, @Nullable String queryToken) {
    return ((Asked) SenderProof.parse(header, basicAuth, queryToken)).proof();
  }

  private static DoorRequest head(String query, Map<String, List<String>> headers) {
    return new DoorRequest("POST", query, headers, Bytes.empty());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
