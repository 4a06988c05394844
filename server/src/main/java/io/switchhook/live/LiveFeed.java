package io.switchhook.live;

import io.switchhook.event.CompanyId;
import io.switchhook.history.Change;
import io.switchhook.history.HistoryWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The latest happenings, numbered, for everybody who watches. Nobody has a queue of their own: each
 * reads on from a place, as quickly as they can, and who is slower than the latest {@link
 * #KEPT_MAX} reach back is told that something is missing. May be used from any thread.
 */
public final class LiveFeed implements HistoryWriter.Listener {
  /** So many happenings are kept, of all companies together. */
  public static final int KEPT_MAX = 20_000;

  private static final Pattern PLACE = Pattern.compile("([0-9a-z]{1,12})-([0-9]{1,18})");

  private final String run;
  private final Rates rates;
  private final Happening[] kept = new Happening[KEPT_MAX];
  private long end; // Number of the next one. Guarded by this, as what is kept.
  private final Set<Runnable> watchers = ConcurrentHashMap.newKeySet();

  /** A feed that nothing has happened in. */
  public LiveFeed(InstantSource clock) {
    this.run = Long.toString(clock.millis(), 36);
    this.rates = new Rates(clock);
  }

  /** How much happened in each of the last seconds. */
  public Rates rates() {
    return rates;
  }

  /**
   * What happened behind a place.
   *
   * @param end the place behind all of them, to read on from
   */
  public record Read(List<Happening> happenings, long end) {
    public Read {
      happenings = List.copyOf(happenings);
    }
  }

  @Override
  public void written(List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    synchronized (this) {
      for (var change : changes) {
        Happening.of(change).ifPresent(this::keep);
      }
    }
    watchers.forEach(Runnable::run);
  }

  private synchronized void keep(Happening happening) {
    kept[(int) (end % KEPT_MAX)] = happening;
    end++;
    rates.count(happening);
  }

  /** The place behind the last happening. */
  public synchronized long end() {
    return end;
  }

  /** The place of the oldest happening that is kept. */
  public synchronized long oldest() {
    return Math.max(0, end - KEPT_MAX);
  }

  /** True for a place that another run of the server wrote: this one began behind it. */
  public boolean isOfAnotherRun(String text) {
    var parts = PLACE.matcher(text);
    return parts.matches() && !parts.group(1).equals(run);
  }

  /**
   * Reads a company's happenings behind a place, at most {@code max}; empty when what comes next
   * there is no longer kept.
   */
  public synchronized Optional<Read> read(CompanyId company, long from, int max) {
    if (from < Math.max(0, end - KEPT_MAX) || from > end) {
      return Optional.empty();
    }
    var found = new ArrayList<Happening>();
    long place = from;
    while (place < end && found.size() < max) {
      var happening = kept[(int) (place % KEPT_MAX)];
      if (happening.company().equals(company)) {
        found.add(happening);
      }
      place++;
    }
    return Optional.of(new Read(found, place));
  }

  /** The place as text, as {@code Last-Event-ID} carries it. */
  public String text(long place) {
    return run + "-" + place;
  }

  /** The place that {@link #text} wrote; empty when this run of the server did not write it. */
  public Optional<Long> place(String text) {
    var parts = PLACE.matcher(text);
    return parts.matches() && parts.group(1).equals(run)
        ? Optional.of(Long.valueOf(parts.group(2)))
        : Optional.empty();
  }

  /**
   * Has this called after each time that something happened, on the thread that writes history: it
   * must return at once and never throw.
   */
  public void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  /** Has it called no more. */
  public void unwatch(Runnable watcher) {
    watchers.remove(watcher);
  }
}
