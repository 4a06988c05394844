package io.switchhook.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.calllog.Undressed.ParametersOnly;
import io.switchhook.calllog.Undressed.Unreadable;
import io.switchhook.calllog.Undressed.WithLog;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UndressTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String LOG =
      "{\"uid\":\"u1\",\"call_state\":\"1\",\"clid\":\"+91 97 & 50% =é😀\"}";

  @Test
  void formFieldMyoperator() {
    var undressed = post(FORM, "a=b&myoperator=" + PercentEncoding.encode(LOG) + "&c");

    assertThat(dressOf(undressed, LOG)).isEqualTo(Dress.FORM_FIELD);
  }

  @Test
  void formFieldEncodedAsBrowsersDo() {
    var encoded = java.net.URLEncoder.encode(LOG, StandardCharsets.UTF_8);

    assertThat(dressOf(post(FORM, "myoperator=" + encoded), LOG)).isEqualTo(Dress.FORM_FIELD);
  }

  @Test
  void formFieldData() {
    assertThat(dressOf(post(FORM, "data=" + PercentEncoding.encode(LOG)), LOG))
        .isEqualTo(Dress.DATA_FIELD);
  }

  @Test
  void bareJsonWhateverTheContentTypeClaims() {
    assertThat(dressOf(post("application/json", LOG), LOG)).isEqualTo(Dress.JSON);
    assertThat(dressOf(post(FORM, "\n " + LOG), LOG)).isEqualTo(Dress.JSON);
    assertThat(dressOf(post("", LOG), LOG)).isEqualTo(Dress.JSON);
  }

  @Test
  void wrappedObjectKeepsItsBytes() {
    var undressed = post("application/json", "{\"x\":[{}], \"myoperator\" : " + LOG + " }");

    assertThat(dressOf(undressed, LOG)).isEqualTo(Dress.WRAPPED_OBJECT);
  }

  @Test
  void wrappedText() {
    var text = new StringBuilder();
    JsonText.appendQuoted(text, LOG);

    assertThat(dressOf(post("application/json", "{\"myoperator\":" + text + "}"), LOG))
        .isEqualTo(Dress.WRAPPED_TEXT);
  }

  @Test
  void rawTextAsCurlSendsItFromTheVendorsPage() {
    assertThat(dressOf(post(FORM, "myoperator=" + LOG), LOG)).isEqualTo(Dress.RAW_TEXT);
    assertThat(
            dressOf(
                post("text/plain", "myoperator=" + Samples.inCallPretty() + "\n"),
                Samples.inCallPretty()))
        .isEqualTo(Dress.RAW_TEXT);
  }

  @Test
  void bracesThatNobodyEncodedInATextThatSomebodyDid() {
    var half = "myoperator={%22uid%22:%22u1%22,%22call_state%22:1}";

    assertThat(dressOf(post(FORM, half), "{\"uid\":\"u1\",\"call_state\":1}"))
        .isEqualTo(Dress.FORM_FIELD);
  }

  @Test
  void postHasParametersToo() {
    var request =
        new WebRequest(
            "POST",
            "caller_number=%2B919876543210&x=a+b",
            "",
            LOG.getBytes(StandardCharsets.UTF_8));

    assertThat(Undress.of(request))
        .isInstanceOfSatisfying(
            WithLog.class,
            log ->
                assertThat(log.parameters())
                    .containsEntry("caller_number", "+919876543210")
                    .containsEntry("x", "a b"));
  }

  @Test
  void getHasParametersOnlyAndAPlusThatBecameASpaceIsAPlus() {
    assertThat(get("caller_number=+919999999999&b=+x&c=%2B1&d&=e&b=2"))
        .isInstanceOfSatisfying(
            ParametersOnly.class,
            parameters ->
                assertThat(parameters.parameters())
                    .containsEntry("caller_number", "+919999999999")
                    .containsEntry("b", "2")
                    .containsEntry("c", "+1")
                    .containsEntry("d", "")
                    .containsEntry("", "e"));
    assertThat(get("")).isEqualTo(new ParametersOnly(java.util.Map.of()));
  }

  @Test
  void postWithoutBodyIsJustItsParameters() {
    assertThat(post(FORM, "")).isInstanceOf(ParametersOnly.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x=1",
        "hello",
        "myoperator",
        "myoperator=",
        "myoperator=%7B",
        "myoperator=%zz",
        "myoperator=%FF",
        "{\"myoperator\":5}",
        "{\"myoperator\":\"x\"}",
        "{\"myoperator\":{}}",
        "[]",
        "{",
        "{\"myoperator\":{",
        "{\"myoperator\":{\"uid\":\"u\",\"call_state\":1}",
        "myoperator={\"uid\":\"u\"}"
      })
  void whatIsInNoDressIsUnreadableWithTheReason(String body) {
    assertThat(post("", body))
        .isInstanceOfSatisfying(
            Unreadable.class,
            unreadable -> {
              assertThat(unreadable.reason().problem()).isNotBlank();
              assertThat(unreadable.reason().expected()).isNotBlank();
            });
  }

  @Test
  void brokenQueryIsUnreadable() {
    assertThat(get("a=b&x=100%"))
        .isInstanceOfSatisfying(
            Unreadable.class,
            unreadable ->
                assertThat(unreadable.reason().sentence())
                    .startsWith("line 1, column 10: query: a percent sign without"));
  }

  @Test
  void faultInAWrappedLogIsPlacedInTheBody() {
    assertThat(post("", "{\"myoperator\":\n {\"uid\":\"u\",\"call_state\":0}}"))
        .isInstanceOfSatisfying(
            Unreadable.class,
            unreadable -> {
              assertThat(unreadable.reason().line()).isEqualTo(2);
              assertThat(unreadable.reason().column()).isEqualTo(26);
              assertThat(unreadable.reason().field()).isEqualTo("call_state");
            });
  }

  private static Undressed post(String contentType, String body) {
    return Undress.of(
        new WebRequest("POST", "", contentType, body.getBytes(StandardCharsets.UTF_8)));
  }

  private static Undressed get(String query) {
    return Undress.of(new WebRequest("GET", query, "", new byte[0]));
  }

  private static Dress dressOf(Undressed undressed, String json) {
    assertThat(undressed).isInstanceOf(WithLog.class);
    var withLog = (WithLog) undressed;
    assertThat(withLog.log().json()).isEqualTo(json);
    return withLog.dress();
  }
}
