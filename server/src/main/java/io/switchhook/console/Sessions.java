package io.switchhook.console;

import io.switchhook.company.KeyProof;
import io.switchhook.event.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who has logged in: in memory alone, so that a restart logs everybody out. The browser's cookie
 * holds 256 random bits, this their hash. May be used from any thread.
 */
final class Sessions {
  /** A session that was not used for so long is over. */
  static final Duration IDLE_MAX = Duration.ofMinutes(30);

  /** A session is over after so long, used or not. */
  static final Duration AGE_MAX = Duration.ofHours(12);

  /** Beyond this the ones that were not used for longest are over. */
  static final int COUNT_MAX = 10_000;

  private static final int ID_BYTES = 32;

  private final InstantSource clock;
  private final SecureRandom random;
  private final Map<Bytes, Session> all =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Session> eldest) {
          return size() > COUNT_MAX;
        }
      };

  private record Session(KeyProof key, Instant openedAt, Instant usedAt) {
    boolean isOver(Instant now) {
      return !now.isBefore(usedAt.plus(IDLE_MAX)) || !now.isBefore(openedAt.plus(AGE_MAX));
    }
  }

  Sessions(InstantSource clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /** Opens a session for the holder of this key; returns its id for the cookie. */
  synchronized String open(KeyProof key) {
    var bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    var id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    var now = clock.instant();
    all.put(hash(id), new Session(key, now, now));
    return id;
  }

  /** The key that a session was opened with; empty when there is no such session (any more). */
  synchronized Optional<KeyProof> use(String id) {
    var hash = hash(id);
    var session = all.get(hash);
    if (session == null) {
      return Optional.empty();
    }
    var now = clock.instant();
    if (session.isOver(now)) {
      all.remove(hash);
      return Optional.empty();
    }
    all.put(hash, new Session(session.key(), session.openedAt(), now));
    return Optional.of(session.key());
  }

  /** Ends a session. */
  synchronized void close(String id) {
    all.remove(hash(id));
  }

  private static Bytes hash(String id) {
    try {
      return Bytes.wrap(
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
