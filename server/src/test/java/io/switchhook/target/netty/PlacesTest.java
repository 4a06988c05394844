package io.switchhook.target.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.target.address.TargetUrl;
import java.net.URI;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private final Places places = new Places();

  @Test
  void knowsAHostAgainWhateverItsPath() {
    var first = places.of(URI.create("https://crm.example.com/a"));

    assertThat(places.of(URI.create("https://crm.example.com/b?c=d"))).isSameAs(first);
    assertThat(places.of(URI.create("HTTPS://crm.example.com"))).isSameAs(first);
  }

  @Test
  void keepsSchemesAndPortsApart() {
    var secured = (Place.Host) places.of(URI.create("https://crm.example.com:8080/"));
    var plain = (Place.Host) places.of(URI.create("http://crm.example.com:8080/"));
    var other = (Place.Host) places.of(URI.create("http://crm.example.com/"));

    assertThat(secured.isTls()).isTrue();
    assertThat(plain.isTls()).isFalse();
    assertThat(other.port()).isEqualTo(80);
  }

  @Test
  void refusesWhatTheCheckRefusesAlsoForAHostItKnows() {
    places.of(URI.create("http://crm.example.com/"));
    for (var url :
        new String[] {
          "http://crm.example.com/#part",
          "http://user@crm.example.com/",
          "ftp://crm.example.com/",
          "http://0177.0.0.1/",
          "/hook"
        }) {
      var words = ((TargetUrl.Unusable) TargetUrl.of(URI.create(url))).words();

      assertThat(places.of(URI.create(url))).isEqualTo(new Place.Nowhere(words));
    }
  }

  @Test
  void forgetsWhenItKnowsTooMany() {
    var first = places.of(URI.create("http://crm.example.com/"));
    for (var i = 0; i < Places.KEPT_MAX; i++) {
      places.of(URI.create("http://crm" + i + ".example.com/"));
    }

    assertThat(places.of(URI.create("http://crm.example.com/"))).isNotSameAs(first);
  }
}
