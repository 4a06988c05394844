package io.switchhook.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.switchhook.event.Bytes;
import io.switchhook.target.Telling.Mark;
import io.switchhook.webhook.RequestShape.BodyDress;
import io.switchhook.webhook.RequestShape.FieldDress;
import io.switchhook.webhook.RequestShape.Header;
import io.switchhook.webhook.RequestShape.QueryParameter.Fixed;
import io.switchhook.webhook.RequestShape.QueryParameter.FromField;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RequestComposerTest {
  private static final String URL = "https://crm.example.com/webhook.php";
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OLDER_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

  private final RequestComposer composer = new RequestComposer("dev");

  @Nested
  class Query {
    @Test
    void followsWhatTheUrlHasAlreadyInOrder() {
      var shape =
          Shapes.get(URL + "?from=pbx&key=a%20b")
              .parameters(
                  new FromField("state", "call_state", FieldDress.AS_IT_IS),
                  new Fixed("origin", "switchboard 1"),
                  new FromField("job", "job_id", FieldDress.AS_IT_IS),
                  new FromField("nowhere", "a.b.0", FieldDress.AS_IT_IS),
                  new FromField("users", "users", FieldDress.AS_IT_IS),
                  new FromField("first", "users.0", FieldDress.AS_IT_IS));

      assertThat(queryOf(shape))
          .isEqualTo(
              "from=pbx&key=a%20b&state=1&origin=switchboard%201&job=&nowhere="
                  + "&users=918586848544&first=918586848544");
    }

    @Test
    void goesWithPostToo() {
      var request = compose(Shapes.post(URL).parameters(new Fixed("a", "1")));

      assertThat(request.url()).hasToString(URL + "?a=1");
      assertThat(request.body()).isNotNull();
    }

    @Test
    void needsNoSeparatorWhereTheUrlEndsWithOne() {
      assertThat(queryOf(Shapes.get(URL + "?").parameters(new Fixed("a", "1")))).isEqualTo("a=1");
      assertThat(queryOf(Shapes.get(URL + "?b=2&").parameters(new Fixed("a", "1"))))
          .isEqualTo("b=2&a=1");
    }

    @Test
    void isPercentEncodedInNamesAndValues() {
      var shape = Shapes.get(URL).parameters(new Fixed("a b&=", "+91 &=%#;\"ü€𝄞\r\n"));

      assertThat(queryOf(shape))
          .isEqualTo("a%20b%26%3D=%2B91%20%26%3D%25%23%3B%22%C3%BC%E2%82%AC%F0%9D%84%9E%0D%0A");
    }

    @Test
    void leavesTheUrlAloneWithoutParameters() {
      assertThat(compose(Shapes.post(URL + "?x=%2b+1#top")).url()).hasToString(URL + "?x=%2b+1");
    }

    @Test
    void joinsListsWithCommas() {
      assertThat(valueOf("{\"users\":[\"a\",\"b c\"]", "users", FieldDress.AS_IT_IS))
          .isEqualTo("a%2Cb%20c");
    }
  }

  @Nested
  class Numbers {
    @Test
    void getAPlus() {
      assertThat(valueOf("{\"clid_raw\":\"919711636496\"", "clid_raw"))
          .isEqualTo("%2B919711636496");
      assertThat(valueOf("{\"clid\":\"+91 97116-36496\"", "clid")).isEqualTo("%2B919711636496");
      assertThat(valueOf("{\"clid\":\"0044 20 7946 0000\"", "clid")).isEqualTo("%2B442079460000");
      assertThat(valueOf("{\"clid_raw\":919711636496", "clid_raw")).isEqualTo("%2B919711636496");
    }

    @Test
    void getTheirCountryCodeFromTheLog() {
      var log = "{\"clid_raw\":\"919711636496\",\"clid\":\"9711636496\"";
      assertThat(valueOf(log, "clid")).isEqualTo("%2B919711636496");
      var withTrunkZero = "{\"clid_raw\":\"919711636496\",\"clid\":\"09711636496\"";
      assertThat(valueOf(withTrunkZero, "clid")).isEqualTo("%2B919711636496");
      var afterCall = "{\"_ai\":\"x\",\"_cl\":\"+919711636496\",\"_cr\":\"9711636496\"";
      assertThat(valueOf(afterCall, "_cr")).isEqualTo("%2B919711636496");
    }

    @Test
    void stayAsTheyCameWhenAPlusWouldMakeNonsenseOfThem() {
      for (var number : List.of("09711636496", "anonymous", "unknown", "1001", "", "+", "+91x")) {
        assertThat(valueOf("{\"clid\":\"" + number + "\"", "clid"))
            .isEqualTo(number.replace("+", "%2B"));
      }
      assertThat(valueOf("{\"clid\":\"1234567890123456\"", "clid")).isEqualTo("1234567890123456");
    }

    @Test
    void areDressedOneByOneInAList() {
      assertThat(valueOf("{\"users\":[\"918586848544\",\"1001\"]", "users"))
          .isEqualTo("%2B918586848544%2C1001");
    }
  }

  @Nested
  class Body {
    @Test
    void isAFormFieldByDefault() {
      var request = compose(Shapes.post(URL));

      assertThat(valuesOf(request, "Content-Type"))
          .containsExactly("application/x-www-form-urlencoded");
      assertThat(bodyOf(request)).startsWith("myoperator=%7B%22id%22%3A%225f25296c4122c135%22%2C");
    }

    @Test
    void isTheLogsOwnBytesAsJson() {
      var request = compose(Shapes.post(URL).body(BodyDress.JSON));

      assertThat(valuesOf(request, "Content-Type")).containsExactly("application/json");
      assertThat(request.body()).isEqualTo(Tellings.sample());
    }

    @Test
    void wrapsTheLogsOwnBytes() {
      var request = compose(Shapes.post(URL).body(BodyDress.MYOPERATOR_JSON));

      assertThat(bodyOf(request)).isEqualTo("{\"myoperator\":" + Tellings.sample().utf8() + "}");
    }

    @Test
    void isNotThereForGet() {
      var request = compose(Shapes.get(URL));

      assertThat(request.body()).isNull();
      assertThat(valuesOf(request, "Content-Type")).isEmpty();
    }
  }

  @Nested
  class Headers {
    @Test
    void sayWhichEventItIs() {
      var telling = Tellings.ofSample();
      var request = compose(Shapes.post(URL));

      assertThat(request.headers())
          .contains(
              new Header("User-Agent", "Switchhook/dev"),
              new Header("webhook-id", telling.event().eventId()),
              new Header("webhook-timestamp", "1782900000"),
              new Header("switchhook-sequence", "3"),
              new Header("switchhook-previous", "2"),
              new Header("switchhook-attempt", "1"));
      assertThat(request.headers())
          .extracting(Header::name)
          .doesNotContain(
              "switchhook-skipped",
              "switchhook-replay",
              "switchhook-test",
              "webhook-signature",
              "Authorization");
    }

    @Test
    void marksWhatIsNotLive() {
      var event = Tellings.ofSample().event();
      var replay = new Telling(event, 2, 4, 7, Mark.REPLAY);
      var test = new Telling(event, 0, 0, 1, Mark.TEST);
      var shape = Shapes.post(URL).build();

      assertThat(composer.compose(shape, replay, Tellings.NOW).headers())
          .contains(
              new Header("switchhook-replay", "true"),
              new Header("switchhook-skipped", "4"),
              new Header("switchhook-attempt", "7"))
          .extracting(Header::name)
          .doesNotContain("switchhook-test");
      assertThat(composer.compose(shape, test, Tellings.NOW).headers())
          .contains(new Header("switchhook-test", "true"))
          .extracting(Header::name)
          .doesNotContain("switchhook-replay");
    }

    @Test
    void areSentAsConfigured() {
      var secret = new Header("my-super-secret-token", "abc123def");

      assertThat(compose(Shapes.post(URL).headers(secret)).headers()).contains(secret);
    }

    @Test
    void carryBasicAuthInUtf8() {
      assertThat(valuesOf(compose(Shapes.post(URL).basicAuth("test", "123£")), "Authorization"))
          .as("the example of RFC 7617 §2.1")
          .containsExactly("Basic dGVzdDoxMjPCow==");
    }

    @Test
    void carryOneAuthorizationOnly() {
      var shape =
          Shapes.post(URL).basicAuth("a", "b").headers(new Header("authorization", "Bearer x"));

      assertThat(valuesOf(compose(shape), "Authorization")).containsExactly("Bearer x");
    }
  }

  @Nested
  class Signature {
    @Test
    void isWhatTheOfficialLibraryExpects() {
      var now = Instant.now();
      for (var body : BodyDress.values()) {
        var shape = Shapes.post(URL).body(body).signedWith(SECRET);
        var request = composer.compose(shape.build(), Tellings.ofSample(), now);

        assertThatNoException().isThrownBy(() -> verify(SECRET, bodyOf(request), request));
        assertThatThrownBy(() -> verify(OLDER_SECRET, bodyOf(request), request))
            .isInstanceOf(WebhookVerificationException.class);
      }
    }

    @Test
    void coversTheRawQueryOfAGet() {
      var shape =
          Shapes.get(URL + "?a=%2b").parameters(new Fixed("b", "x y")).signedWith(SECRET).build();
      var request = composer.compose(shape, Tellings.ofSample(), Instant.now());

      assertThatNoException().isThrownBy(() -> verify(SECRET, "a=%2b&b=x%20y", request));
    }

    @Test
    void coversNothingWhereAGetHasNoQuery() {
      var shape = Shapes.get(URL).signedWith(SECRET).build();
      var request = composer.compose(shape, Tellings.ofSample(), Instant.now());

      assertThatNoException().isThrownBy(() -> verify(SECRET, "", request));
    }

    @Test
    void isMadeWithEachSecretWhileOneIsBeingChanged() {
      var shape = Shapes.post(URL).signedWith(SECRET, OLDER_SECRET).build();
      var request = composer.compose(shape, Tellings.ofSample(), Instant.now());

      assertThat(valuesOf(request, "webhook-signature").getFirst().split(" ")).hasSize(2);
      assertThatNoException().isThrownBy(() -> verify(SECRET, bodyOf(request), request));
      assertThatNoException().isThrownBy(() -> verify(OLDER_SECRET, bodyOf(request), request));
    }

    private void verify(String secret, String signed, OutgoingRequest request)
        throws WebhookVerificationException {
      Map<String, List<String>> headers = new HashMap<>();
      request.headers().forEach(h -> headers.put(h.name(), List.of(h.value())));
      new Webhook(secret).verify(signed, headers);
    }
  }

  private OutgoingRequest compose(Shapes shape) {
    return composer.compose(shape.build(), Tellings.ofSample(), Tellings.NOW);
  }

  private String queryOf(Shapes shape) {
    return compose(shape).url().getRawQuery();
  }

  private String valueOf(String logWithoutUid, String field) {
    return valueOf(logWithoutUid, field, FieldDress.E164);
  }

  private String valueOf(String logWithoutUid, String field, FieldDress as) {
    var rest =
        logWithoutUid.contains("_ai")
            ? ",\"_pm\":[{\"ky\":\"ui\",\"vl\":\"u1\"}]}"
            : ",\"uid\":\"u1\",\"call_state\":\"1\"}";
    var shape = Shapes.get(URL).parameters(new FromField("v", field, as)).build();
    var telling = Tellings.of(Bytes.utf8(logWithoutUid + rest));
    var query = composer.compose(shape, telling, Tellings.NOW).url().getRawQuery();
    assertThat(query).startsWith("v=");
    return query.substring(2);
  }

  private static String bodyOf(OutgoingRequest request) {
    return Objects.requireNonNull(request.body()).utf8();
  }

  private static List<String> valuesOf(OutgoingRequest request, String name) {
    return request.headers().stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }
}
