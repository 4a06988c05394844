package io.switchhook.source.asterisk.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.source.asterisk.mapping.WhoIsWho.Clid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhoIsWhoTest {
  private final WhoIsWho who = new WhoIsWho(Laboratory.settings());

  @ParameterizedTest
  @CsvSource({
    "919711636496, 919711636496, 9711636496",
    "+919711636496, 919711636496, 9711636496",
    "09711636496, 919711636496, 9711636496",
    "97116 36496, 919711636496, 9711636496",
    "+14155550100, 14155550100, +14155550100",
    "+442079460123, 442079460123, +442079460123",
    "101, 101, 101",
    "Anonymous, anonymous, anonymous",
    "'', anonymous, anonymous"
  })
  void numberIsWrittenAsLogsHaveIt(String number, String raw, String formatted) {
    assertThat(who.clid(number)).isEqualTo(new Clid(raw, formatted));
  }

  @ParameterizedTest
  @CsvSource({
    "1795341921.111, lab.1795341921.111",
    "lab1-1795341921.111, lab1-1795341921.111",
    "someones-own-id, lab.someones-own-id"
  })
  void uidNamesItsServer(String linkedId, String uid) {
    assertThat(Switchboard.callId(Laboratory.settings(), linkedId, /* isOurs= */ false).uid())
        .isEqualTo(uid);
    assertThat(Switchboard.callId(Laboratory.settings(), linkedId, /* isOurs= */ true).uid())
        .isEqualTo(linkedId);
  }

  @Test
  void deviceIsTheNameWithoutItsNumber() {
    assertThat(WhoIsWho.device("PJSIP/agent101-0000003f")).isEqualTo("PJSIP/agent101");
    assertThat(WhoIsWho.device("DAHDI/i1/9711636496-1")).isEqualTo("DAHDI/i1/9711636496");
    assertThat(who.byDevice("pjsip/AGENT101")).isPresent();
    assertThat(who.byDevice("PJSIP/agent10")).isEmpty();
    assertThat(who.isTrunk("PJSIP/carrier")).isTrue();
  }
}
