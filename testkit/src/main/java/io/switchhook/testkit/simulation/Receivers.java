package io.switchhook.testkit.simulation;

import io.switchhook.event.Bytes;
import io.switchhook.event.WebhookId;
import io.switchhook.target.Outcome;
import io.switchhook.target.Outcome.Answer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The servers behind the webhooks, each in a mood that changes now and then. */
final class Receivers {
  private static final Answer NOTHING = new Answer(List.of(), Bytes.empty(), false);
  private static final Duration TOOK = Duration.ofMillis(1);

  private final Random random;
  private final double failRate;
  private final Map<WebhookId, Mood> moods = new LinkedHashMap<>();
  private boolean healed;

  private enum Mood {
    WELL,
    DOWN,
    THROTTLING,
    REFUSING_WHAT_IT_GETS,
    REDIRECTING
  }

  Receivers(Random random, double failRate) {
    this.random = random;
    this.failRate = failRate;
  }

  void changeMood(WebhookId webhook) {
    moods.put(webhook, Mood.values()[random.nextInt(Mood.values().length)]);
  }

  /** From now on everybody answers 200. */
  void heal() {
    healed = true;
  }

  /** What the receiver makes of a request. */
  Outcome answer(WebhookId webhook) {
    if (healed) {
      return delivered();
    }
    return switch (moods.getOrDefault(webhook, Mood.WELL)) {
      case WELL -> random.nextDouble() < failRate ? someFailure() : delivered();
      case DOWN -> down();
      case THROTTLING -> refused(429, Duration.ofMillis(random.nextInt(6_000)));
      case REFUSING_WHAT_IT_GETS -> refused(422, null);
      case REDIRECTING -> refused(302, null);
    };
  }

  private Outcome someFailure() {
    return switch (random.nextInt(12)) {
      case 0 -> refused(400, null);
      case 1 -> refused(503, Duration.ofHours(5));
      case 2 -> random.nextInt(4) == 0 ? refused(410, null) : refused(500, null);
      case 3, 4 -> refused(500, null);
      default -> down();
    };
  }

  private Outcome down() {
    var reasons = Outcome.Reason.values();
    return new Outcome.Unreachable(reasons[random.nextInt(reasons.length)], "down", TOOK);
  }

  private static Outcome delivered() {
    return new Outcome.Delivered(200, NOTHING, TOOK);
  }

  private static Outcome refused(int status, @Nullable Duration after) {
    return new Outcome.Refused(status, after, NOTHING, TOOK);
  }
}
