package io.switchhook.bench.receive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** All receivers of a run, each at an address of its own. */
public final class Receivers implements AutoCloseable {
  private final List<ReceiverLoop> loops = new ArrayList<>();
  private final List<ReceiverLoop.Receiver> receivers = new ArrayList<>();

  private Receivers() {}

  /**
   * Opens receivers, dealt out to so many threads.
   *
   * @param listeners gives the listener of each thread
   * @param seed of what happens at random
   */
  public static Receivers open(
      List<Mood> moods, int threads, IntFunction<Listener> listeners, long seed)
      throws IOException {
    var opened = new Receivers();
    for (var i = 0; i < threads; i++) {
      opened.loops.add(
          new ReceiverLoop("receivers-" + i, listeners.apply(i), new Random(seed + i)));
    }
    for (var i = 0; i < moods.size(); i++) {
      opened.receivers.add(opened.loops.get(i % threads).open(moods.get(i)));
    }
    opened.loops.forEach(ReceiverLoop::start);
    return opened;
  }

  /** The address for a webhook with this number at this receiver. */
  public String url(int receiver, int webhook) {
    return "http://127.0.0.1:" + receivers.get(receiver).port + RequestReader.PATH + webhook;
  }

  /** Changes how a receiver treats requests from now on. */
  public void change(int receiver, Mood mood) {
    receivers.get(receiver).mood = mood;
  }

  /** The threads that do the work. */
  public List<Long> threadIds() {
    return loops.stream().map(ReceiverLoop::threadId).toList();
  }

  /** Why a thread ended before it was closed; null while none has. */
  public @Nullable Throwable failure() {
    return loops.stream()
        .map(ReceiverLoop::failure)
        .filter(found -> found != null)
        .findFirst()
        .orElse(null);
  }

  /**
   * How long the threads were at what they found at one look, in microseconds: so long a request
   * may have waited for its receiver. Read it after closing.
   */
  public Histogram turnMicros() {
    var all = new Histogram(3);
    loops.forEach(loop -> all.add(loop.turnMicros()));
    return all;
  }

  @Override
  public void close() {
    loops.forEach(ReceiverLoop::close);
  }
}
