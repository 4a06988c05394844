package io.switchhook.target.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.target.Shapes;
import io.switchhook.webhook.RequestShape.BodyDress;
import io.switchhook.webhook.RequestShape.FieldDress;
import io.switchhook.webhook.RequestShape.Header;
import io.switchhook.webhook.RequestShape.QueryParameter.Fixed;
import io.switchhook.webhook.RequestShape.QueryParameter.FromField;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Whole requests as they arrive at a receiver, byte for byte. {@code -Dgolden.update=true} writes
 * them anew; only the port of the test's receiver is put in words.
 */
class GoldenRequestTest {
  private static final Path FOLDER = Path.of("src/test/resources/io/switchhook/target");
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @Test
  void postInTheVendorsDress() throws Exception {
    check(
        "post-myoperator.http",
        base -> Shapes.post(base + "?tenant=7").parameters(callerNumber(), origin()));
  }

  @Test
  void postAsJson() throws Exception {
    check("post-json.http", base -> Shapes.post(base).body(BodyDress.JSON).signedWith(SECRET));
  }

  @Test
  void postAsWrappedJson() throws Exception {
    check(
        "post-myoperator-json.http",
        base ->
            Shapes.post(base)
                .body(BodyDress.MYOPERATOR_JSON)
                .headers(new Header("my-super-secret-token", "abc123def")));
  }

  @Test
  void getWithQueryParameters() throws Exception {
    check(
        "get.http",
        base ->
            Shapes.get(base)
                .parameters(
                    callerNumber(),
                    new FromField("state", "call_state", FieldDress.AS_IT_IS),
                    new FromField("job", "job_id", FieldDress.AS_IT_IS),
                    origin())
                .basicAuth("admin", "123456"));
  }

  private interface ShapeAt {
    Shapes at(String base);
  }

  private static FromField callerNumber() {
    return new FromField("caller_number", "clid", FieldDress.E164);
  }

  private static Fixed origin() {
    return new Fixed("origin", "switchboard 1");
  }

  private static void check(String file, ShapeAt shape) throws IOException, InterruptedException {
    try (var fixture = TargetFixture.onLoopback();
        var server = RawServer.plain(RawServer.answering("HTTP/1.1 204 No Content\r\n\r\n"))) {
      fixture.attempt(shape.at("http://127.0.0.1:" + server.port() + "/webhook.php"));
      var request = server.nextRequest().replace(":" + server.port(), ":PORT");
      var golden = FOLDER.resolve(file);
      if (Boolean.getBoolean("golden.update")) {
        Files.writeString(golden, request, StandardCharsets.ISO_8859_1);
      }
      assertThat(request).isEqualTo(Files.readString(golden, StandardCharsets.ISO_8859_1));
    }
  }
}
