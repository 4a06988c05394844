package io.switchhook.sqlite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One thread that carries out units in groups: a group starts when the thread is free and takes
 * everything that waits by then, in its order. There is no linger: a unit that finds the thread
 * idle is a group of its own.
 */
public final class GroupWriter<U> implements AutoCloseable {
  /** Whether a unit was taken. */
  public enum Offered {
    TAKEN,
    /** Too much is waiting. */
    FULL,
    /** The writer is closing, or it failed. */
    CLOSED
  }

  /** What is done with groups; called on the writer's thread. */
  public interface Carrier<U> {
    /**
     * Carries out a group and tells each unit what came of it. Throwing is a bug: the writer then
     * takes nothing more.
     */
    void carryOut(List<U> group);

    /**
     * Tells units that nobody knows what came of them, because {@link #carryOut} threw: the last
     * call that is made.
     */
    void broke(List<U> units, Throwable bug);
  }

  /**
   * How much is taken.
   *
   * @param waitingWeightMax offers are refused while units of this weight wait
   * @param groupWeightMax a group ends with the unit that reaches this weight
   */
  public record Limits(long waitingWeightMax, long groupWeightMax) {}

  private record Waiting<U>(U unit, long weight) {}

  private final Carrier<U> carrier;
  private final Limits limits;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition somethingWaits = lock.newCondition();
  // Guarded by the lock, all three.
  private final ArrayDeque<Waiting<U>> waiting = new ArrayDeque<>();
  private long waitingWeight;
  private boolean closed;

  /** Starts a writer whose thread has this name. */
  public GroupWriter(String name, Limits limits, Carrier<U> carrier) {
    this.carrier = carrier;
    this.limits = limits;
    this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
    thread.start();
  }

  /** Puts a unit at the end of what waits; returns at once. */
  public Offered offer(U unit, long weight) {
    lock.lock();
    try {
      if (closed) {
        return Offered.CLOSED;
      }
      if (waitingWeight >= limits.waitingWeightMax) {
        return Offered.FULL;
      }
      waiting.add(new Waiting<>(unit, weight));
      waitingWeight += weight;
      if (waiting.size() == 1) {
        somethingWaits.signal();
      }
      return Offered.TAKEN;
    } finally {
      lock.unlock();
    }
  }

  /** True on the writer's own thread. */
  public boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  private void run() {
    var group = new ArrayList<U>();
    while (nextGroup(group)) {
      try {
        carrier.carryOut(group);
      } catch (Throwable bug) { // The top of a thread: whoever waits must hear of it.
        giveUp(group, bug);
        return;
      }
      group.clear();
    }
  }

  /** Waits for a group; false when the writer is closed and nothing waits. */
  private boolean nextGroup(List<U> group) {
    lock.lock();
    try {
      while (waiting.isEmpty()) {
        if (closed) {
          return false;
        }
        somethingWaits.awaitUninterruptibly();
      }
      long weight = 0;
      while (weight < limits.groupWeightMax) {
        var next = waiting.poll();
        if (next == null) {
          break;
        }
        group.add(next.unit);
        weight += next.weight;
      }
      waitingWeight -= weight;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void giveUp(List<U> group, Throwable bug) {
    lock.lock();
    try {
      closed = true;
      waiting.forEach(left -> group.add(left.unit));
      waiting.clear();
    } finally {
      lock.unlock();
    }
    carrier.broke(group, bug);
  }

  /**
   * Takes nothing more, carries out what waits, and returns when the thread has ended. Safe to call
   * twice.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      somethingWaits.signal();
    } finally {
      lock.unlock();
    }
    if (!isCurrentThread()) {
      joinUninterruptibly(thread);
    }
  }

  /** Waits for a thread to end; an interrupt meanwhile is kept for later. */
  public static void joinUninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
