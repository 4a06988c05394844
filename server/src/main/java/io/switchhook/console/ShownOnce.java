package io.switchhook.console;

import io.switchhook.company.KeyProof;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Secrets that were made by a form and are shown by the page that it leads to: once, soon, and to
 * whoever sent the form. May be used from any thread.
 */
public final class ShownOnce {
  /** Until when a secret is shown. */
  static final Duration KEPT = Duration.ofMinutes(2);

  private static final int COUNT_MAX = 500;
  private static final int TICKET_BYTES = 16;

  private final InstantSource clock;
  private final SecureRandom random;
  private final Map<String, Secret> secrets =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Secret> eldest) {
          return size() > COUNT_MAX;
        }
      };

  private record Secret(KeyProof key, String about, String text, Instant end) {}

  /** Nothing to be shown yet. */
  public ShownOnce(InstantSource clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * Keeps a secret for a moment.
   *
   * @param about the id of what it belongs to
   * @return what {@link #take} asks for it with
   */
  public synchronized String keep(ConsoleRequest request, String about, String secret) {
    var bytes = new byte[TICKET_BYTES];
    random.nextBytes(bytes);
    var ticket = HexFormat.of().formatHex(bytes);
    secrets.put(ticket, new Secret(request.key(), about, secret, clock.instant().plus(KEPT)));
    return ticket;
  }

  /** The secret, this once; empty when it was shown, is too old, or is not this person's. */
  public synchronized Optional<String> take(ConsoleRequest request, String about, String ticket) {
    secrets.values().removeIf(secret -> !secret.end().isAfter(clock.instant()));
    var secret = secrets.get(ticket);
    if (secret == null || !secret.about().equals(about) || !secret.key().equals(request.key())) {
      return Optional.empty();
    }
    secrets.remove(ticket);
    return Optional.of(secret.text());
  }
}
