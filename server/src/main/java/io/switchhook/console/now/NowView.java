package io.switchhook.console.now;

import io.switchhook.console.CallWords;
import io.switchhook.console.Frame;
import io.switchhook.live.Rates;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the page of now shows.
 *
 * @param live where its stream is
 * @param newWebhook where the first webhook is made; {@code ""} when there is one
 */
record NowView(Frame frame, String live, String newWebhook, Update update) {
  /**
   * Parts of the page that are new.
   *
   * @param tiles null when they are as before, as the next ones
   */
  record Update(
      boolean isWhole,
      List<Call> added,
      List<Call> changed,
      List<String> removed,
      List<Delivery> delivered,
      List<Long> dropped,
      @Nullable Tiles tiles,
      @Nullable Sources sources,
      Plots plots) {
    Update {
      added = List.copyOf(added);
      changed = List.copyOf(changed);
      removed = List.copyOf(removed);
      delivered = List.copyOf(delivered);
      dropped = List.copyOf(dropped);
    }
  }

  /** A call in progress. */
  record Call(
      String id,
      String href,
      CallWords.Badge badge,
      String number,
      String doing,
      String users,
      Instant startedAt) {}

  /** A delivery that just happened. */
  record Delivery(
      long number,
      Instant at,
      String webhook,
      CallWords.Badge badge,
      String words,
      String href,
      String uid) {}

  /** Some numbers. */
  record Tiles(String calls, String events, String success, String waiting) {}

  /** The sources, or that there are none. */
  record Sources(List<Source> list) {
    Sources {
      list = List.copyOf(list);
    }
  }

  /** A source. */
  record Source(
      String name,
      String type,
      CallWords.Badge badge,
      Instant since,
      @Nullable Instant lastEventAt,
      List<String> problems) {
    Source {
      problems = List.copyOf(problems);
    }
  }

  /** What the plots draw: seconds since 1970 of the first point, and each second's value. */
  record Plots(long from, String events, String success) {
    static Plots of(List<Rates.Second> seconds) {
      return new Plots(
          seconds.isEmpty() ? 0 : seconds.getFirst().at(),
          seconds.stream().map(it -> String.valueOf(it.events())).collect(Collectors.joining(",")),
          seconds.stream().map(Plots::success).collect(Collectors.joining(",")));
    }

    /** In percent; nothing when nothing was tried in that second. */
    private static String success(Rates.Second second) {
      int all = second.delivered() + second.failed();
      return all == 0 ? "" : String.format(Locale.ROOT, "%.1f", 100.0 * second.delivered() / all);
    }
  }

  static Tiles tiles(int calls, List<Rates.Second> seconds, long waiting) {
    int window = Math.min(10, seconds.size());
    double events =
        seconds.subList(seconds.size() - window, seconds.size()).stream()
            .mapToInt(Rates.Second::events)
            .average()
            .orElse(0);
    long delivered = seconds.stream().mapToLong(Rates.Second::delivered).sum();
    long failed = seconds.stream().mapToLong(Rates.Second::failed).sum();
    return new Tiles(
        String.format(Locale.ROOT, "%,d", calls),
        String.format(Locale.ROOT, events < 10 ? "%.1f" : "%,.0f", events),
        delivered + failed == 0
            ? "–"
            : String.format(
                Locale.ROOT,
                failed == 0 ? "%.0f %%" : "%.1f %%",
                100.0 * delivered / (delivered + failed)),
        String.format(Locale.ROOT, "%,d", waiting));
  }
}
