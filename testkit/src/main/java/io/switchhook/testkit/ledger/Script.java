package io.switchhook.testkit.ledger;

import io.switchhook.receive.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What one seed decides: the calls, how they are sent, how each request is answered, and when the
 * server is killed. The same seed is the same script, whatever the machine does meanwhile.
 */
public final class Script {
  /** The server's timeout of an exchange. */
  public static final Duration TIMEOUT = Duration.ofMillis(1_500);

  /** The server's pauses between attempts. */
  public static final List<Duration> SCHEDULE =
      List.of(
          Duration.ofMillis(100),
          Duration.ofMillis(200),
          Duration.ofMillis(400),
          Duration.ofMillis(700),
          Duration.ofSeconds(1));

  private static final int EVENTS_OF_CALL_MAX = 10;
  private static final double REQUEST_OF_SEVERAL = 0.15;
  private static final double POISONED = 0.01;
  private static final int THINKS_MILLIS_MAX = 60;
  private static final double KILLS_FROM = 0.05;
  private static final double KILLS_TO = 0.85;

  private final long seed;
  private final List<Call> calls;
  private final List<ScriptedWebhook> webhooks = ScriptedWebhook.five();

  /** The script of a seed. */
  public Script(long seed, int callCount) {
    this.seed = seed;
    var calls = new ArrayList<Call>();
    for (var number = 0; number < callCount; number++) {
      calls.add(call(number, new SplittableRandom(mixed(seed, number, 1))));
    }
    this.calls = List.copyOf(calls);
  }

  /**
   * A call, and how it is sent.
   *
   * @param requests the events of each request, in order
   * @param patient whether the sender waits a moment for an event to be told before the next
   * @param again places of requests that the sender sends once more although they were answered
   */
  public record Call(
      String uid, List<List<ScriptedEvent>> requests, boolean patient, List<Integer> again) {
    public Call {
      requests = List.copyOf(requests);
      again = List.copyOf(again);
    }

    /** Its events in order. */
    public List<ScriptedEvent> events() {
      return requests.stream().flatMap(List::stream).toList();
    }
  }

  /** The seed of all this. */
  public long seed() {
    return seed;
  }

  /** All calls, in the order in which they begin. */
  public List<Call> calls() {
    return calls;
  }

  /** The webhooks. */
  public List<ScriptedWebhook> webhooks() {
    return webhooks;
  }

  /** What of a call a webhook wants, in order. */
  public static List<ScriptedEvent> wanted(Call call, ScriptedWebhook webhook) {
    return call.events().stream().filter(webhook.wants()).toList();
  }

  /** How many events are sent, and how many of them are told to how many webhooks, together. */
  public int stepCount() {
    var count = 0;
    for (var call : calls) {
      count += call.requests().size();
      for (var webhook : webhooks) {
        // What may expire untold cannot be counted on.
        count += webhook.timeToLive() == null ? wanted(call, webhook).size() : 0;
      }
    }
    return count;
  }

  /** After how many steps the server is killed: so many numbers in ascending order. */
  public List<Integer> killsAt(int kills) {
    var random = new SplittableRandom(mixed(seed, kills, 2));
    return random
        .doubles(kills, KILLS_FROM, KILLS_TO)
        .sorted()
        .mapToObj(part -> (int) (part * stepCount()))
        .toList();
  }

  /** How a webhook's receiver answers when it sees an event for the first, second … time. */
  public Answer answer(ScriptedWebhook webhook, String token, int time) {
    var place = mixed(webhook.name().hashCode(), token.hashCode(), 3);
    var poisoned = new SplittableRandom(mixed(seed, place, 4)).nextDouble() < POISONED;
    var dice = new SplittableRandom(mixed(seed, place, 4L + time)).nextInt(100);
    if (poisoned) {
      return dice < 95 ? new Answer.Status(dice < 50 ? 503 : 500, null) : new Answer.Reset();
    }
    if (dice < 80) {
      return new Answer.Status(dice < 70 ? 200 : 204, null);
    }
    return switch (dice) {
      case 80, 81 -> new Answer.Timeout();
      case 82, 83, 84 -> new Answer.Reset();
      case 85 -> new Answer.Status(429, 1);
      case 86, 87, 88 -> new Answer.Status(429, null);
      case 89, 90 -> new Answer.Status(404, null);
      default -> new Answer.Status(503, null);
    };
  }

  /** How long a receiver thinks before that answer. */
  Duration thinks(ScriptedWebhook webhook, String token, int time) {
    var place = mixed(webhook.name().hashCode(), token.hashCode(), 3);
    var random = new SplittableRandom(mixed(seed, place, -1L - time));
    return random.nextInt(10) == 0
        ? Duration.ofMillis(random.nextInt(1, THINKS_MILLIS_MAX))
        : Duration.ZERO;
  }

  private static Call call(int number, SplittableRandom random) {
    var uid = "call-" + number;
    var caller = (random.nextBoolean() ? "9111" : "9122") + (20_000_000 + number);
    var count = random.nextInt(1, EVENTS_OF_CALL_MAX + 1);
    var requests = new ArrayList<List<ScriptedEvent>>();
    for (var place = 1; place <= count; place++) {
      var event = event(uid, caller, place, random);
      if (place > 1 && random.nextDouble() < REQUEST_OF_SEVERAL) {
        var together = new ArrayList<>(requests.removeLast());
        together.add(event);
        requests.add(together);
      } else {
        requests.add(List.of(event));
      }
    }
    var again = new ArrayList<Integer>();
    for (var place = 0; place < requests.size(); place++) {
      if (random.nextInt(20) == 0) {
        again.add(place);
      }
    }
    return new Call(uid, requests, random.nextBoolean(), again);
  }

  private static ScriptedEvent event(
      String uid, String caller, int place, SplittableRandom random) {
    var token = ScriptedEvent.token(uid, place);
    if (place == 1) {
      return ScriptedEvent.inCall(uid, token, "1", caller);
    }
    var dice = random.nextInt(20);
    if (dice < 3) {
      return ScriptedEvent.afterCall(uid, token);
    }
    if (dice < 5) {
      return ScriptedEvent.disposition(uid, token);
    }
    return ScriptedEvent.inCall(uid, token, dice < 14 ? "5" : dice < 18 ? "6" : "2", caller);
  }

  private static long mixed(long a, long b, long c) {
    var mixed = (a * 0x9E3779B97F4A7C15L + b) * 0xC2B2AE3D27D4EB4FL + c;
    return mixed ^ (mixed >>> 29);
  }
}
