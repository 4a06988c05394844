package io.switchhook.live;

import io.switchhook.event.CompanyId;
import io.switchhook.history.DeliveryOutcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many events came and attempts ended in each of the last seconds, company by company. Of the
 * companies that were quiet for longest nothing is kept. May be used from any thread.
 */
public final class Rates {
  /** So many seconds are kept. */
  public static final int SECONDS = 180;

  private static final int COMPANIES_MAX = 2_000;

  private final InstantSource clock;
  private final Map<CompanyId, Second[]> all =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CompanyId, Second[]> eldest) {
          return size() > COMPANIES_MAX;
        }
      };

  /**
   * What happened in one second.
   *
   * @param at seconds since 1970
   * @param failed attempts that failed
   */
  public record Second(long at, int events, int delivered, int failed) {}

  Rates(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void count(Happening happening) {
    long now = clock.instant().getEpochSecond();
    var seconds = all.computeIfAbsent(happening.company(), _ -> new Second[SECONDS]);
    int index = (int) (now % SECONDS);
    var before = seconds[index];
    var second = before == null || before.at() != now ? new Second(now, 0, 0, 0) : before;
    seconds[index] =
        switch (happening) {
          case Happening.OfCall _ ->
              new Second(now, second.events() + 1, second.delivered(), second.failed());
          case Happening.OfDelivery delivery when delivery.outcome() == DeliveryOutcome.DELIVERED ->
              new Second(now, second.events(), second.delivered() + 1, second.failed());
          case Happening.OfDelivery delivery when delivery.outcome() == DeliveryOutcome.FAILED ->
              new Second(now, second.events(), second.delivered(), second.failed() + 1);
          case Happening.OfDelivery _ -> second;
        };
  }

  /** The last seconds that are over, oldest first, those in which nothing happened as well. */
  public synchronized List<Second> of(CompanyId company, int count) {
    long now = clock.instant().getEpochSecond();
    var seconds = all.get(company);
    var list = new ArrayList<Second>();
    for (long at = now - Math.min(count, SECONDS - 1); at < now; at++) {
      var second = seconds == null ? null : seconds[(int) (at % SECONDS)];
      list.add(second == null || second.at() != at ? new Second(at, 0, 0, 0) : second);
    }
    return list;
  }
}
