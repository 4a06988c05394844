package io.switchhook.calllog.v2;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One of {@code legs}: a telephone that has part in the call.
 *
 * @param index {@code leg_index}: 1, 2 …; 0 when it does not say
 * @param type {@code customer} or {@code agent}
 * @param result what came of it: connected, answered, not_answered, ringing or dialing; a customer
 *     is connected without having picked up
 * @param dialStatus {@code ANSWER}, {@code NOANSWER}, {@code BUSY}, {@code NO CARRIER}, {@code
 *     CANCEL} or {@code ""}
 * @param ringSeconds null when it did not ring
 * @param talkSeconds null when nobody talked
 * @param answeredAt null when nobody picked up
 * @param agent null for a customer, and before the summary often for an agent too
 */
public record Leg(
    int index,
    String uid,
    String type,
    String phoneNumber,
    String result,
    String dialStatus,
    @Nullable Integer ringSeconds,
    @Nullable Integer talkSeconds,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Instant answeredAt,
    String pickupDevice,
    String departmentId,
    @Nullable Agent agent,
    @Nullable Department department) {

  /** Who was rung. */
  public record Agent(String uuid, String name, String email, String contact, String extension) {}

  /** The department that the agent was rung for. */
  public record Department(String id, String name) {}

  /** True for the customer's telephone. */
  public boolean isCustomer() {
    return type.strip().equalsIgnoreCase("customer");
  }

  /** True for an agent's telephone. */
  public boolean isAgent() {
    return type.strip().equalsIgnoreCase("agent");
  }

  /** True when somebody picked up: {@code connected} alone does not mean it. */
  public boolean isAnswered() {
    return answeredAt != null
        || result.strip().equalsIgnoreCase("answered")
        || dialStatus.strip().toUpperCase(Locale.ROOT).equals("ANSWER");
  }

  /** True while it rings: it was dialed, and nothing came of it yet. */
  public boolean isRinging() {
    return switch (result.strip().toLowerCase(Locale.ROOT)) {
      case "dialing", "ringing" -> true;
      default -> false;
    };
  }

  /** Says what it is, not whose: legs hold telephone numbers. */
  @Override
  public String toString() {
    return "v2 leg " + index;
  }
}
