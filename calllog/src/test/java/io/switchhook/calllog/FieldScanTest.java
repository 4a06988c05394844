package io.switchhook.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is found where it stands is what reading the whole log says. */
class FieldScanTest {
  private static final int ROUNDS = 20_000;

  private static final List<String> NAMES =
      List.of(
          "id", "uid", "clid", "users", "status", "call_state", "event", "caf\u00e9", "absent", "");

  private static final List<String> VALUES =
      List.of(
          "\"919711636496\"",
          "\"\"",
          "\"a,b\"",
          "\"caf\u00e9 \u20b9 \ud83d\ude00\"",
          "\"\\u0031\"",
          "\"a\\\"b\"",
          "\"}],{\"",
          "5",
          "-0.5e3",
          "true",
          "false",
          "null",
          "[]",
          "[ \"a\" , \"b\",7,null,true ]",
          "[\"a\\nb\"]",
          "[[1],\"x\"]",
          "[{\"a\":1}]",
          "{\"uid\":\"inner\",\"x\":[1,{\"y\":\"]}\"}]}",
          "{}");

  @Test
  void fieldsOfTheVendorsSampleAreFoundWhereTheyStand() {
    var json = Samples.inCall();
    var log = ((ReadResult.Read) CallLogReader.read(json)).log();
    var scan = FieldScan.of(json.getBytes(StandardCharsets.UTF_8));
    for (var name : List.of("uid", "call_state", "clid_raw", "users", "status", "nothing")) {
      assertThat(scan.values(name)).as(name).isNotNull().isEqualTo(log.values(name));
    }
  }

  @Test
  void whatIsFoundIsWhatReadingAllOfItSays() {
    var random = new Random(7);
    int found = 0;
    for (int round = 0; round < ROUNDS; round++) {
      var json = made(random);
      if (CallLogReader.read(json) instanceof ReadResult.Read(var log)) {
        var scan = FieldScan.of(json.getBytes(StandardCharsets.UTF_8));
        for (var name : NAMES) {
          var values = scan.values(name);
          found += values == null ? 0 : 1;
          assertThat(values == null || values.equals(log.values(name))).as(json + name).isTrue();
        }
      }
    }
    assertThat(found).isGreaterThan(ROUNDS);
  }

  @Test
  void ofWhatIsNoObjectNothingIsKnown() {
    var random = new Random(8);
    for (var text :
        List.of("", "x", "[]", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{} x")) {
      assertThat(FieldScan.of(text.getBytes(StandardCharsets.UTF_8)).values("a")).as(text).isNull();
    }
    for (int round = 0; round < ROUNDS; round++) {
      var bytes = made(random).getBytes(StandardCharsets.UTF_8);
      for (int damage = 0; damage < 3; damage++) {
        bytes[random.nextInt(bytes.length)] = (byte) "\"\\{}[],: x".charAt(random.nextInt(10));
      }
      // Whatever it says, it must come to an end and throw nothing.
      NAMES.forEach(FieldScan.of(bytes)::values);
    }
  }

  private static String made(Random random) {
    var json = new StringBuilder(random.nextBoolean() ? "{" : " {\n");
    json.append("\"uid\":\"c1\",\"call_state\":5");
    for (var name : NAMES) {
      if (!name.equals("uid") && !name.equals("call_state") && random.nextInt(3) > 0) {
        json.append(random.nextBoolean() ? "," : " , \t");
        json.append('"').append(name).append("\":").append(random.nextBoolean() ? "" : " ");
        json.append(VALUES.get(random.nextInt(VALUES.size())));
      }
    }
    return json.append(random.nextBoolean() ? "}" : " } \n").toString();
  }
}
