package io.switchhook.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.company.KeyProof;
import io.switchhook.company.Keys;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final KeyProof KEY = Keys.proof("some key");

  private Instant now = Instant.parse("2026-11-22T10:00:00Z");
  private final Sessions sessions = new Sessions(() -> now, new SecureRandom());

  @Test
  void sessionLastsWhileItIsUsed() {
    var id = sessions.open(KEY);
    for (int minutes = 0; minutes < 60; minutes += 20) {
      now = now.plus(Duration.ofMinutes(20));
      assertThat(sessions.use(id)).contains(KEY);
    }
  }

  @Test
  void sessionIsOverWhenItWasNotUsed() {
    var id = sessions.open(KEY);
    now = now.plus(Sessions.IDLE_MAX);

    assertThat(sessions.use(id)).isEmpty();
  }

  @Test
  void sessionIsOverAtItsAgeHoweverItIsUsed() {
    var id = sessions.open(KEY);
    for (var age = Duration.ZERO;
        age.compareTo(Sessions.AGE_MAX.minusMinutes(10)) < 0;
        age = age.plusMinutes(10)) {
      assertThat(sessions.use(id)).isPresent();
      now = now.plus(Duration.ofMinutes(10));
    }
    now = now.plus(Duration.ofMinutes(10));

    assertThat(sessions.use(id)).isEmpty();
  }

  @Test
  void closedSessionAndUnknownOneAreNone() {
    var id = sessions.open(KEY);
    sessions.close(id);

    assertThat(sessions.use(id)).isEmpty();
    assertThat(sessions.use("made up")).isEmpty();
  }

  @Test
  void whoTriesKeysIsSlowedDownAndOthersAreNot() {
    var attempts = new LoginAttempts(() -> now);
    for (int failure = 0; failure < LoginAttempts.FAILURES_MAX; failure++) {
      assertThat(attempts.wait("10.0.0.1")).isZero();
      attempts.failed("10.0.0.1");
    }

    assertThat(attempts.wait("10.0.0.1")).isEqualTo(LoginAttempts.PAUSE);
    assertThat(attempts.wait("10.0.0.2")).isZero();
    now = now.plus(LoginAttempts.PAUSE);
    assertThat(attempts.wait("10.0.0.1")).isZero();
  }
}
