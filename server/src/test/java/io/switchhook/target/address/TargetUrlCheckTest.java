package io.switchhook.target.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.target.FakeNames;
import io.switchhook.target.address.TargetUrlCheck.Fine;
import io.switchhook.target.address.TargetUrlCheck.Forbidden;
import io.switchhook.target.address.TargetUrlCheck.Malformed;
import io.switchhook.target.address.TargetUrlCheck.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetUrlCheckTest {
  private final FakeNames names =
      new FakeNames()
          .answer("crm.example.com", "103.21.77.1")
          .answer("mixed.example.com", "103.21.77.1", "10.0.0.5")
          .answer("inside.example.com", "192.168.1.20");

  @Test
  void saysYesToPublicAddresses() {
    assertThat(check("https://crm.example.com/x")).isInstanceOf(Fine.class);
    assertThat(check("https://103.21.77.1/")).isInstanceOf(Fine.class);
  }

  @Test
  void saysYesToNamesThatHaveNoAddressYet() {
    assertThat(check("https://soon.example.com/")).isInstanceOf(Fine.class);
  }

  @Test
  void namesAddressKeyAndFlagWhenItSaysNo() {
    assertThat(check("https://inside.example.com/"))
        .isInstanceOfSatisfying(
            Forbidden.class,
            no ->
                assertThat(no.words())
                    .contains(
                        "inside.example.com",
                        "192.168.1.20",
                        "a private network",
                        "targets.allowed-networks",
                        "--allow-network"));
    assertThat(check("http://127.0.0.1:8099/"))
        .isInstanceOfSatisfying(
            Forbidden.class, no -> assertThat(no.words()).contains("127.0.0.1", "--allow-network"));
  }

  @Test
  void saysNoWhenOneOfManyAddressesIsForbidden() {
    assertThat(check("https://mixed.example.com/")).isInstanceOf(Forbidden.class);
  }

  @Test
  void saysYesToAllowedNetworks() {
    assertThat(check("https://inside.example.com/", "192.168.0.0/16")).isInstanceOf(Fine.class);
    assertThat(check("http://localhost:1/", "127.0.0.0/8")).isInstanceOf(Fine.class);
  }

  @Test
  void saysWhatIsWrongWithAUrl() {
    assertThat(check("crm.example.com")).isInstanceOf(Malformed.class);
  }

  private Verdict check(String url, String... allowed) {
    var verdicts = new ArrayList<Verdict>();
    new TargetUrlCheck(names, AllowedNetworks.of(List.of(allowed))).check(url, verdicts::add);
    assertThat(verdicts).hasSize(1);
    return verdicts.getFirst();
  }
}
