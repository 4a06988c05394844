package io.switchhook.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.switchhook.receiver.Proof.Lack;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofTest {
  private static final Instant NOW = Instant.parse("2026-07-01T10:00:00Z");
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OLDER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

  @Nested
  class OfASecretHeader {
    private final Proof proof = Proof.ofHeader("my-super-secret-token", "abc123def", "the-next");

    @Test
    void isShownByAnyOfItsValuesUnderANameInAnyCase() {
      assertThat(lack(proof, Requests.post().header("My-Super-Secret-Token", "abc123def")))
          .isNull();
      assertThat(lack(proof, Requests.post().header("my-super-secret-token", "the-next"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc123de", "abc123def0", "ABC123DEF", "abc123def,the-next"})
    void isNotShownByAnotherValue(String value) {
      assertThat(lack(proof, Requests.post().header("my-super-secret-token", value)))
          .isEqualTo(Lack.HEADER);
    }

    @Test
    void isNotShownByNothing() {
      assertThat(lack(proof, Requests.post())).isEqualTo(Lack.HEADER);
    }

    @Test
    void cannotBeEmpty() {
      assertThatIllegalArgumentException().isThrownBy(() -> Proof.ofHeader("x"));
      assertThatIllegalArgumentException().isThrownBy(() -> Proof.ofHeader("x", " "));
      assertThatIllegalArgumentException().isThrownBy(() -> Proof.ofHeader("", "y"));
    }
  }

  @Nested
  class OfBasicAuthentication {
    private final Proof proof = Proof.ofBasicAuth("admin", "p\u00e4ss:w\u00f6rt");

    @Test
    void isShownInUtf8WithTheSchemeInAnyCase() {
      var pair =
          Base64.getEncoder()
              .encodeToString("admin:p\u00e4ss:w\u00f6rt".getBytes(StandardCharsets.UTF_8));

      assertThat(lack(proof, Requests.post().header("Authorization", "Basic " + pair))).isNull();
      assertThat(lack(proof, Requests.post().header("authorization", "bASIC  " + pair))).isNull();
      assertThat(lack(proof, Requests.post().header("Authorization", "Bearer " + pair)))
          .isEqualTo(Lack.BASIC_AUTH);
      assertThat(lack(proof, Requests.post().header("Authorization", pair)))
          .isEqualTo(Lack.BASIC_AUTH);
      assertThat(lack(proof, Requests.post())).isEqualTo(Lack.BASIC_AUTH);
    }

    @Test
    void userHasNoColon() {
      assertThatIllegalArgumentException().isThrownBy(() -> Proof.ofBasicAuth("a:b", "c"));
    }
  }

  @Test
  void tokenInTheQueryIsDecodedBeforeItIsCompared() {
    var proof = Proof.ofNothing().andQueryToken("token", "a+b c");

    assertThat(lack(proof, Requests.get("x=1&token=a%2Bb%20c"))).isNull();
    assertThat(lack(proof, Requests.get("token=a+b+c"))).isEqualTo(Lack.QUERY_TOKEN);
    assertThat(lack(proof, Requests.get("token=%zz"))).isEqualTo(Lack.QUERY_TOKEN);
    assertThat(lack(proof, Requests.get(""))).isEqualTo(Lack.QUERY_TOKEN);
  }

  @Test
  void allThatIsAskedMustBeShown() {
    var proof = Proof.ofHeader("x", "y").andBasicAuth("a", "b");

    assertThat(lack(proof, Requests.post().header("x", "y"))).isEqualTo(Lack.BASIC_AUTH);
    assertThat(lack(proof, Requests.post().header("Authorization", "Basic YTpi")))
        .isEqualTo(Lack.HEADER);
    assertThat(lack(proof, Requests.post().header("x", "y").header("Authorization", "Basic YTpi")))
        .isNull();
    assertThat(lack(Proof.ofNothing(), Requests.post())).isNull();
  }

  @Test
  void neverSaysItsSecrets() {
    assertThat(Proof.ofHeader("x", "abc123def").andSignature(Duration.ofMinutes(1), SECRET))
        .hasToString("proof of 2 parts");
  }

  @Nested
  class OfASignature {
    private final Proof proof = Proof.ofSignature(SECRET, OLDER);

    @Test
    void isShownByWhatTheReferenceLibrarySigns() throws WebhookSigningException {
      for (var secret : List.of(SECRET, OLDER)) {
        var signature = new Webhook(secret).sign("evt_1", NOW.getEpochSecond(), Requests.LOG);

        assertThat(lack(proof, signed(Requests.post(), signature, NOW))).isNull();
      }
    }

    @Test
    void isTheVectorOfTheSpecification() {
      var signature =
          StandardWebhooksSignature.sign(
              List.of(SECRET),
              "msg_p5jXN8AQM9LWM0D4loKWxJek",
              1_614_265_330L,
              "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));

      assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void coversTheRawQueryOfAGet() {
      var request = Requests.get("caller_number=%2B919999999999&b=1");
      var signature = sign(SECRET, NOW, "caller_number=%2B919999999999&b=1");

      assertThat(lack(proof, signed(request, signature, NOW))).isNull();
      assertThat(lack(proof, signed(request.query("caller_number=%2B1&b=1"), signature, NOW)))
          .isEqualTo(Lack.SIGNATURE_WRONG);
    }

    @Test
    void mayStandAmongOthersAndOldAndNewTogether() {
      var right = sign(OLDER, NOW, Requests.LOG);
      var other = sign("whsec_" + "QUJD".repeat(8), NOW, Requests.LOG);

      assertThat(lack(proof, signed(Requests.post(), other + " v1a,xyz " + right, NOW))).isNull();
      assertThat(lack(proof, signed(Requests.post(), other, NOW))).isEqualTo(Lack.SIGNATURE_WRONG);
    }

    @Test
    void isWrongWhenAnyByteOfItOrOfWhatItSignsIsAnother() {
      var right = sign(SECRET, NOW, Requests.LOG);
      var random = new Random(1);
      for (var round = 0; round < 500; round++) {
        var bytes = right.toCharArray();
        var at = random.nextInt(bytes.length);
        var other = (char) ('!' + random.nextInt(90));
        if (bytes[at] == other) {
          continue;
        }
        bytes[at] = other;
        assertThat(lack(proof, signed(Requests.post(), new String(bytes), NOW)))
            .isEqualTo(Lack.SIGNATURE_WRONG);
      }
      assertThat(lack(proof, signed(Requests.post().body(Requests.LOG + " "), right, NOW)))
          .isEqualTo(Lack.SIGNATURE_WRONG);
      assertThat(lack(proof, signed(Requests.post(), right, NOW).header("webhook-id", "evt_2")))
          .isEqualTo(Lack.SIGNATURE_WRONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "v1", "v1,", "v2,g0hM9SsE", "v1,g0hM", ",", "v1,,v1"})
    void isWrongWhenItIsNone(String signature) {
      assertThat(lack(proof, signed(Requests.post(), signature, NOW)))
          .isEqualTo(Lack.SIGNATURE_WRONG);
    }

    @Test
    void isNotLookedForBeyondABound() {
      var many = "v1,x ".repeat(StandardWebhooksSignature.SIGNATURES_MAX);

      assertThat(lack(proof, signed(Requests.post(), many + sign(SECRET, NOW, Requests.LOG), NOW)))
          .isEqualTo(Lack.SIGNATURE_WRONG);
    }

    @Test
    void isMissingWithoutAnyOfItsHeaders() {
      assertThat(lack(proof, Requests.post())).isEqualTo(Lack.SIGNATURE_MISSING);
      assertThat(lack(proof, Requests.post().header("webhook-id", "evt_1")))
          .isEqualTo(Lack.SIGNATURE_MISSING);
    }

    @Test
    void isTooOldOrOfTheFutureBeyondTheTolerance() {
      for (var seconds : List.of(-300L, 0L, 300L)) {
        assertThat(lackWhenMadeAt(NOW.plusSeconds(seconds))).isNull();
      }
      for (var seconds : List.of(-301L, 301L, -86_400L * 365)) {
        assertThat(lackWhenMadeAt(NOW.plusSeconds(seconds))).isEqualTo(Lack.TIMESTAMP);
      }
      assertThat(
              lack(
                  Proof.ofNothing().andSignature(Duration.ofHours(1), SECRET),
                  signedAt(NOW.minusSeconds(3600))))
          .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1e9", "99999999999999999999"})
    void isOfNoTimeWhenTheTimeIsNone(String timestamp) {
      var key = List.of(SECRET);
      var content = "evt_1." + timestamp + "." + Requests.LOG;
      // Signed as it stands, so that only the time is wrong.
      var signature =
          "v1,"
              + Base64.getEncoder()
                  .encodeToString(Hmac.of(StandardWebhooksSignature.key(key.getFirst()), content));

      assertThat(
              lack(
                  proof,
                  Requests.post()
                      .header("webhook-id", "evt_1")
                      .header("webhook-timestamp", timestamp)
                      .header("webhook-signature", signature)))
          .isEqualTo(Lack.TIMESTAMP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_not base64!", "", "whsec_"})
    void needsASecretThatIsOne(String secret) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Proof.ofSignature(secret))
          .withMessageNotContaining("not base64!");
      assertThatIllegalArgumentException().isThrownBy(() -> Proof.ofSignature());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Proof.ofNothing().andSignature(Duration.ZERO, SECRET));
    }

    private Lack lackWhenMadeAt(Instant madeAt) {
      return lack(proof, signedAt(madeAt));
    }

    private static Requests signedAt(Instant madeAt) {
      return signed(Requests.post(), sign(SECRET, madeAt, Requests.LOG), madeAt);
    }
  }

  private static String sign(String secret, Instant madeAt, String content) {
    return StandardWebhooksSignature.sign(
        List.of(secret),
        "evt_1",
        madeAt.getEpochSecond(),
        content.getBytes(StandardCharsets.UTF_8));
  }

  private static Requests signed(Requests request, String signature, Instant madeAt) {
    return request
        .header("webhook-id", "evt_1")
        .header("webhook-timestamp", String.valueOf(madeAt.getEpochSecond()))
        .header("webhook-signature", signature);
  }

  @SuppressWarnings("NullAway") // A test's way to say "nothing is lacking".
  private static Lack lack(Proof proof, Requests request) {
    return proof.lackOf(request.build(), NOW).orElse(null);
  }
}
