package io.switchhook.testkit.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Everything that was seen outside the server, as it is seen. May be used from any thread; waits
 * end when something new is written down.
 */
public final class Ledger {
  private final long began = System.nanoTime();
  private final Instant beganAt = Instant.now();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Reception> receptions = new ArrayList<>();
  private final Map<String, Integer> times = new HashMap<>();
  private final Set<String> told = new HashSet<>();
  private final Map<String, Accepted> accepted = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private final List<Long> kills = new ArrayList<>();
  private final Map<String, List<Long>> recoveries = new HashMap<>();
  private int requestsAnswered;
  private int resends;
  private int connections;
  private int life;

  /** Nanoseconds since this ledger was begun. */
  public long now() {
    return System.nanoTime() - began;
  }

  /** A time of the wall clock as one of this ledger's. */
  long at(Instant time) {
    return Duration.between(beganAt, time).toNanos();
  }

  /** What was seen until now. */
  public record Page(
      List<Reception> receptions,
      Map<String, Accepted> accepted,
      List<Long> kills,
      Map<String, List<Long>> recoveries,
      List<String> faults,
      int resends) {
    public Page {
      receptions = List.copyOf(receptions);
      accepted = Map.copyOf(accepted);
      kills = List.copyOf(kills);
      recoveries = Map.copyOf(recoveries);
      faults = List.copyOf(faults);
    }
  }

  /** All of it. */
  public Page page() {
    return locked(() -> new Page(receptions, accepted, kills, recoveries, faults, resends));
  }

  /** The server was killed; from when nothing of it is on its way any more, it is the next life. */
  public void killed(long at) {
    change(() -> kills.add(at));
  }

  /** The server said that a webhook's receiver answers again after failing. */
  void recovered(String webhook, Instant when) {
    change(() -> recoveries.computeIfAbsent(webhook, _ -> new ArrayList<>()).add(at(when)));
  }

  /** The next life begins. */
  public void nextLife() {
    change(() -> life++);
  }

  /** Which life of the server this is. */
  public int life() {
    return locked(() -> life);
  }

  /** Counts that a webhook's receiver sees an event; returns how often it has until now. */
  int seen(String webhook, String token) {
    return locked(() -> times.merge(webhook + " " + token, 1, Integer::sum));
  }

  /** Writes down what was seen and is going to be answered; returns its place. */
  int add(Reception reception) {
    lock.lock();
    try {
      receptions.add(reception);
      if (reception.isTold()) {
        told.add(reception.webhook() + " " + reception.token());
      }
      changed.signalAll();
      return receptions.size() - 1;
    } finally {
      lock.unlock();
    }
  }

  /** Writes down what became of an answer. */
  void amend(int place, UnaryOperator<Reception> amended) {
    change(() -> receptions.set(place, amended.apply(receptions.get(place))));
  }

  /** A connection to a receiver was opened (1) or ended (-1). */
  void connections(int more) {
    change(() -> connections += more);
  }

  /** A request was answered 202. */
  void accepted(List<Accepted> events) {
    change(
        () -> {
          events.forEach(event -> accepted.put(event.event().token(), event));
          requestsAnswered++;
        });
  }

  /** A request is sent again. */
  void resent() {
    change(() -> resends++);
  }

  /** Something is wrong that no lane is needed to see. */
  void fault(String words) {
    change(() -> faults.add(words));
  }

  /** Waits until this many requests were answered 202 and told events seen, together. */
  boolean awaitSteps(int steps, Duration patience) throws InterruptedException {
    return await(() -> requestsAnswered + told.size() >= steps, patience);
  }

  /** Waits until no connection is open at any receiver: nothing of a killed server is left. */
  boolean awaitNoConnections(Duration patience) throws InterruptedException {
    return await(() -> connections == 0, patience);
  }

  /** Waits until a webhook's receiver has taken an event. */
  boolean awaitTold(String webhook, String token, Duration patience) throws InterruptedException {
    return await(() -> told.contains(webhook + " " + token), patience);
  }

  /** Waits until a receiver sees something new. */
  boolean awaitReception(Duration patience) throws InterruptedException {
    var seen = locked(receptions::size);
    return await(() -> receptions.size() > seen, patience);
  }

  private boolean await(BooleanSupplier condition, Duration patience) throws InterruptedException {
    lock.lock();
    try {
      var left = patience.toNanos();
      while (!condition.getAsBoolean()) {
        if (left <= 0 || !faults.isEmpty()) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(Supplier<T> read) {
    lock.lock();
    try {
      return read.get();
    } finally {
      lock.unlock();
    }
  }
}
