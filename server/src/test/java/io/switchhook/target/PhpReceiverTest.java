package io.switchhook.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.NeedsPart;
import io.switchhook.event.Bytes;
import io.switchhook.target.Outcome.Delivered;
import io.switchhook.target.Outcome.Refused;
import io.switchhook.target.netty.TargetFixture;
import io.switchhook.webhook.RequestShape.BodyDress;
import io.switchhook.webhook.RequestShape.FieldDress;
import io.switchhook.webhook.RequestShape.Header;
import io.switchhook.webhook.RequestShape.QueryParameter;
import io.switchhook.webhook.RequestShape.QueryParameter.Fixed;
import io.switchhook.webhook.RequestShape.QueryParameter.FromField;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receiver in real PHP understands what is sent, as the vendor's page says that it would. */
@NeedsPart("php")
class PhpReceiverTest {
  private static final Header SECRET = new Header("my-super-secret-token", "abc123def");
  private static final int STRINGS_A_LOG = 24;

  private PhpServer php;
  private TargetFixture fixture;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    php = PhpServer.start(folder);
    fixture = TargetFixture.onLoopback();
  }

  @AfterEach
  void stop() {
    fixture.close();
    php.close();
  }

  @Test
  void findsMappedQueryParametersOfAGet() {
    var shape =
        Shapes.get(php.url() + "?tenant=7")
            .headers(SECRET)
            .parameters(
                new FromField("caller_number", "clid", FieldDress.E164),
                new FromField("job", "job_id", FieldDress.AS_IT_IS),
                new Fixed("origin", "switchboard 1"));

    assertThat(fixture.attempt(shape)).isInstanceOf(Delivered.class);

    var seen = php.takeSeen();
    assertThat(seen.getString("method")).isEqualTo("GET");
    assertThat(seen.getJsonObject("get"))
        .isEqualTo(
            new JsonObject()
                .put("tenant", "7")
                .put("caller_number", "+919711636496")
                .put("job", "")
                .put("origin", "switchboard 1"));
  }

  @Test
  void decodesTheFormFieldOfAPostAndFindsQueryParametersThere() {
    var shape =
        Shapes.post(php.url())
            .headers(SECRET)
            .parameters(new FromField("caller_number", "clid_raw", FieldDress.E164));

    assertThat(fixture.attempt(shape)).isInstanceOf(Delivered.class);

    var seen = php.takeSeen();
    assertThat(seen.getString("content_type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(seen.getString("text")).isEqualTo(Tellings.sample().utf8());
    assertThat(seen.getJsonObject("call")).isEqualTo(new JsonObject(Tellings.sample().utf8()));
    assertThat(seen.getJsonObject("get").getString("caller_number")).isEqualTo("+919711636496");
  }

  @Test
  void decodesBothJsonBodies() {
    var log = new JsonObject(Tellings.sample().utf8());

    fixture.attempt(Shapes.post(php.url()).body(BodyDress.JSON));
    assertThat(php.takeSeen().getJsonObject("call")).isEqualTo(log);

    fixture.attempt(Shapes.post(php.url()).body(BodyDress.MYOPERATOR_JSON));
    assertThat(php.takeSeen().getJsonObject("call").getJsonObject("myoperator")).isEqualTo(log);
  }

  @Test
  void letsInWhoKnowsTheSecretHeader() {
    var good = fixture.attempt(Shapes.post(php.url()).headers(SECRET));
    var bad =
        fixture.attempt(Shapes.post(php.url()).headers(new Header("my-super-secret-token", "x")));

    assertThat(((Delivered) good).answer().body().utf8()).isEqualTo("Good");
    assertThat(((Refused) bad).status()).isEqualTo(401);
    assertThat(((Refused) bad).answer().body().utf8()).isEqualTo("Bad");
  }

  @Test
  void letsInWhoKnowsTheBasicAuth() {
    assertThat(fixture.attempt(Shapes.post(php.url()).basicAuth("admin", "123456")))
        .isInstanceOf(Delivered.class);
    assertThat(fixture.attempt(Shapes.get(php.url()).basicAuth("admin", "p\u00e4ss:w\u00f6rt")))
        .isInstanceOf(Refused.class);

    var seen = php.takeSeen();
    assertThat(seen.getString("user")).isEqualTo("admin");
    assertThat(seen.getString("password")).isEqualTo("p\u00e4ss:w\u00f6rt");
  }

  @Test
  void decodesEveryStringThatALogCanHold() {
    var random = new Random(20260702);
    var strings = HostileStrings.all(random);
    for (var from = 0; from < strings.size(); from += STRINGS_A_LOG) {
      var batch = strings.subList(from, Math.min(strings.size(), from + STRINGS_A_LOG));
      var log = logOf(batch, random);
      var parameters =
          IntStream.range(0, batch.size())
              .mapToObj(i -> new FromField("s" + i, "strings." + i, FieldDress.AS_IT_IS))
              .toArray(QueryParameter[]::new);
      var post = Shapes.post(php.url()).headers(SECRET).parameters(parameters);

      tell(post, log);
      var seen = php.takeSeen();
      assertThat(seen.getString("text")).as("from %s", from).isEqualTo(log.utf8());
      assertThat(stringsOf(seen)).as("form field, from %s", from).isEqualTo(batch);
      assertThat(queryOf(seen, batch.size())).as("$_GET, from %s", from).isEqualTo(batch);

      tell(Shapes.post(php.url()).headers(SECRET).body(BodyDress.JSON), log);
      assertThat(stringsOf(php.takeSeen())).as("JSON, from %s", from).isEqualTo(batch);

      tell(Shapes.get(php.url()).headers(SECRET).parameters(parameters), log);
      assertThat(queryOf(php.takeSeen(), batch.size())).as("GET, from %s", from).isEqualTo(batch);
    }
  }

  @Test
  void decodesALogOfTheLargestSize() {
    var random = new Random(20260703);
    var huge = List.of("\u0905%+& \"\\".repeat(20_000));

    tell(Shapes.post(php.url()).headers(SECRET), logOf(huge, random));

    assertThat(stringsOf(php.takeSeen())).isEqualTo(huge);
  }

  private void tell(Shapes shape, Bytes log) {
    assertThat(fixture.attempt(shape, Tellings.of(log))).isInstanceOf(Delivered.class);
  }

  private static Bytes logOf(List<String> strings, Random random) {
    return Bytes.utf8(
        strings.stream()
            .map(string -> HostileStrings.quoted(string, random))
            .collect(
                Collectors.joining(
                    ",", "{\"uid\":\"u1\",\"call_state\":\"1\",\"strings\":[", "]}")));
  }

  private static List<Object> stringsOf(JsonObject seen) {
    return listOf(seen.getJsonObject("call").getJsonArray("strings"));
  }

  private static List<Object> queryOf(JsonObject seen, int count) {
    var get = seen.getJsonObject("get");
    return IntStream.range(0, count).mapToObj(i -> get.getValue("s" + i)).toList();
  }

  private static List<Object> listOf(JsonArray array) {
    return array.stream().toList();
  }
}
