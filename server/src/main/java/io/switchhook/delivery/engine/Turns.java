package io.switchhook.delivery.engine;

import io.switchhook.event.CompanyId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to make an attempt: company by company, within a company webhook by webhook,
 * within a webhook lane by lane. While others wait, a company has at most a quarter of what may be
 * out.
 */
final class Turns {
  private static final int SHARES = 4;

  private final int totalMax;
  private final Map<CompanyId, Set<Gate>> waiting = new LinkedHashMap<>();
  private final Map<CompanyId, Integer> takenBy = new HashMap<>();
  private final Set<Gate> idle = new LinkedHashSet<>();
  private int taken;

  Turns(int totalMax) {
    this.totalMax = totalMax;
  }

  /** Somebody may be let through this gate now. */
  void add(Gate gate) {
    waiting.computeIfAbsent(gate.company, _ -> new LinkedHashSet<>()).add(gate);
  }

  void remove(Gate gate) {
    var gates = waiting.get(gate.company);
    if (gates != null && gates.remove(gate) && gates.isEmpty()) {
      waiting.remove(gate.company);
    }
  }

  /** Takes the next lane out of its line; null when nobody can be let through. */
  @Nullable Lane next(Instant now) {
    if (isFull()) {
      return null;
    }
    for (int left = waiting.size(); left > 0; left--) {
      var company = waiting.keySet().iterator().next();
      if (hasItsShare(company, now)) {
        waiting.put(company, Objects.requireNonNull(waiting.remove(company))); // its turn is over
        continue;
      }
      var lane = next(company, now);
      if (lane != null) {
        return lane;
      }
    }
    return null;
  }

  /** True when the webhook's company has all that it may have while others wait. */
  boolean hasItsShare(Gate gate, Instant now) {
    return hasItsShare(gate.company, now);
  }

  private boolean hasItsShare(CompanyId company, Instant now) {
    return takenBy(company) >= share() && othersWait(company, now);
  }

  private int share() {
    return Math.max(1, totalMax / SHARES);
  }

  private @Nullable Lane next(CompanyId company, Instant now) {
    var gates = waiting.remove(company);
    while (gates != null && !gates.isEmpty()) {
      var gate = gates.iterator().next();
      gates.remove(gate);
      var lane = gate.next(now);
      if (lane != null) {
        gates.add(gate);
        waiting.put(company, gates); // both at the end of their lines
        return lane;
      }
      idle.add(gate);
    }
    return null;
  }

  /** Gates that were found with nobody to let through since this was asked last. */
  List<Gate> takeIdle() {
    var found = List.copyOf(idle);
    idle.clear();
    return found;
  }

  /** How many places are taken. */
  int taken() {
    return taken;
  }

  /** True when none is left. */
  boolean isFull() {
    return taken >= totalMax;
  }

  private boolean othersWait(CompanyId company, Instant now) {
    return waiting.entrySet().stream()
        .anyMatch(
            other ->
                !other.getKey().equals(company)
                    && other.getValue().stream().anyMatch(gate -> gate.couldLetThrough(now)));
  }

  private int takenBy(CompanyId company) {
    return takenBy.getOrDefault(company, 0);
  }

  void take(Lane lane) {
    taken++;
    takenBy.merge(lane.gate.company, 1, Integer::sum);
    lane.gate.take(lane);
  }

  void giveBack(Lane lane) {
    taken--;
    takenBy.computeIfPresent(lane.gate.company, (_, count) -> count == 1 ? null : count - 1);
    lane.gate.giveBack(lane);
    add(lane.gate);
  }
}
