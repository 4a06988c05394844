package io.switchhook.console.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.console.LoggedIn;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of calls and its search, over a server. */
class CallsPageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void callsAreSearchedByUserAndReferenceAndExported() {
    try (var console = new LoggedIn(folder, "[]")) {
      send(console, "c1", "\"918586848501\",\"Ravi\"", "order-77");
      send(console, "c2", "\"Meera\"", "order-78");
      await(console, "/calls", "/calls/c2");

      assertThat(console.get("/calls?user=rav").body())
          .contains("/calls/c1", "value=\"rav\"")
          .doesNotContain("/calls/c2\"");
      assertThat(console.get("/calls?user=%2B91+85868").body()).contains("/calls/c1");
      assertThat(console.get("/calls?reference=ORDER-78").body())
          .contains("/calls/c2")
          .doesNotContain("/calls/c1\"");
      assertThat(console.get("/calls?user=meera&reference=order-77").body())
          .contains("Nothing fits");
      assertThat(console.get("/calls/c1").body()).contains("order-77");
      assertThat(console.get("/calls.csv?user=meera").body().lines())
          .hasSize(2)
          .first()
          .asString()
          .endsWith("users,references,events");
      assertThat(console.get("/calls.csv?user=meera").body()).contains(",Meera,order-78,1");
      assertThat(
              console.api("GET", "/companies/default/calls?reference=order-77", "").path("calls"))
          .hasSize(1);
    }
  }

  private static void send(LoggedIn console, String uid, String users, String reference) {
    console.api(
        "POST",
        "/companies/default/events",
        """
        {"id":"%s","uid":"%s","call_state":"5","event":"1","clid_raw":"919711636496","users":[%s],"client_ref_id":"%s"}
        """
            .formatted(uid, uid, users, reference));
  }

  /** History follows in a moment. */
  private static void await(LoggedIn console, String path, String text) {
    var until = Instant.now().plus(PATIENCE);
    while (!console.get(path).body().contains(text)) {
      assertThat(Instant.now()).isBefore(until);
      Thread.onSpinWait();
    }
  }
}
