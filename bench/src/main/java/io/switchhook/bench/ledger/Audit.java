package io.switchhook.bench.ledger;

import io.switchhook.bench.load.Token;
import io.switchhook.bench.receive.Listener.Telling;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Balances a ledger, after everything has ended: what was not told, the server must know of. */
public final class Audit {
  /** Of a webhook with more untold deliveries only the number is compared. */
  private static final int LISTED_MAX = 20_000;

  private final Ledger ledger;
  private final Outcomes outcomes;
  private final Map<String, Long> givenUp = new TreeMap<>();
  private final BitSet countedOnly = new BitSet();
  private final Unlisted unlisted = new Unlisted();
  private long outstanding;
  private long lost;

  private Audit(Ledger ledger, Outcomes outcomes) {
    this.ledger = ledger;
    this.outcomes = outcomes;
  }

  /** The account of everything in a ledger. */
  public static Account of(Ledger ledger, Outcomes outcomes) {
    return new Audit(ledger, outcomes).account();
  }

  private Account account() {
    var untold = new long[ledger.layout().webhooks()];
    var requests = new long[4];
    var wanted = 0L;
    for (var book : ledger.books()) {
      count(book, requests);
      wanted += countUntold(book, untold);
    }
    var delivered = wanted;
    for (var webhook = 0; webhook < untold.length; webhook++) {
      delivered -= untold[webhook];
      if (untold[webhook] > 0) {
        settle(webhook, untold[webhook]);
      }
    }
    ledger.books().forEach(this::close);
    unlisted.close(outcomes).forEach(this::closeUnlisted);
    ledger.arrivals().forEach(this::explainRepeats);
    ledger.arrivals().forEach(this::explainMarks);
    if (ledger.books().stream().anyMatch(Book::hasRefused)) {
      // Places in a call are counted without what was refused.
      ledger.faults().forgive(FaultKind.OTHER_SEQUENCE);
      ledger.faults().forgive(FaultKind.OTHER_PREVIOUS);
      ledger.faults().forgive(FaultKind.OTHER_SKIPPED);
    }
    var arrivals = ledger.arrivals();
    return new Account(
        requests[Book.SENT] + requests[Book.ACCEPTED] + requests[Book.REFUSED],
        requests[Book.ACCEPTED],
        requests[Book.REFUSED],
        requests[Book.SENT],
        wanted,
        delivered,
        givenUp,
        outstanding,
        lost,
        arrivals.stream().mapToLong(Arrivals::requests).sum(),
        arrivals.stream().mapToLong(Arrivals::repeats).sum(),
        ledger.duplicates(),
        ledger.kills(),
        ledger.faults().sentences());
  }

  /** Counts events by what became of their requests. */
  private static void count(Book book, long[] requests) {
    var traffic = book.traffic();
    for (var request = 0L; request < traffic.requests(); request++) {
      requests[book.request(request)] += traffic.batch();
    }
  }

  /** Counts what each webhook was not told, and returns how much is wanted in all. */
  private long countUntold(Book book, long[] untold) {
    var traffic = book.traffic();
    var fanOut = ledger.layout().fanOut();
    var wanted = 0L;
    for (var ordinal = 0L; ordinal < traffic.count(); ordinal++) {
      if (book.isAccepted(ordinal)) {
        wanted += fanOut;
        var first = traffic.groupOf(traffic.callOf(ordinal)) * fanOut;
        for (var place = 0; place < fanOut; place++) {
          if (isUntold(book, ordinal, place)) {
            untold[first + place]++;
          }
        }
      }
    }
    return wanted;
  }

  private static boolean isUntold(Book book, long ordinal, int place) {
    return book.isAccepted(ordinal) && !book.has(ordinal, place, Book.TOLD | Book.REPLAYED);
  }

  private void settle(int webhook, long untold) {
    if (untold > LISTED_MAX) {
      countedOnly.set(webhook);
      var backlog = outcomes.backlog(webhook);
      outstanding += Math.min(backlog, untold);
      if (backlog < untold) {
        lose(untold - backlog, "webhook " + webhook + " has a backlog of " + backlog);
      }
      return;
    }
    for (var word : Outcomes.WORDS) {
      var isGivenUp = word.startsWith("given_up");
      outcomes.each(
          webhook,
          word,
          LISTED_MAX,
          (traffic, call, hash) -> {
            if (find(webhook, new Place(traffic, call, hash), isGivenUp) && isGivenUp) {
              givenUp.merge(word.substring("given_up_".length()), 1L, Long::sum);
            }
          });
    }
  }

  private record Place(int traffic, long call, int hash) {}

  /** Marks a delivery; true when it is one that was not told, and not marked before. */
  private boolean find(int webhook, Place named, boolean isGivenUp) {
    var book = ledger.find(named.traffic);
    if (book == null) {
      return false;
    }
    var place = ledger.layout().placeOf(webhook);
    for (var i = 0; i < book.traffic().eventsPerCall(); i++) {
      var ordinal = book.traffic().ordinalOf(named.call, i);
      if (ordinal < book.traffic().count() && book.hasId(ordinal, named.hash)) {
        var isNew = isUntold(book, ordinal, place) && !book.has(ordinal, place, Book.GIVEN_UP);
        book.mark(ordinal, place, isGivenUp ? Book.GIVEN_UP : Book.OPEN);
        return isNew;
      }
    }
    return false;
  }

  private void close(Book book) {
    var traffic = book.traffic();
    var fanOut = ledger.layout().fanOut();
    for (var ordinal = 0L; ordinal < traffic.count(); ordinal++) {
      var first = traffic.groupOf(traffic.callOf(ordinal)) * fanOut;
      for (var place = 0; place < fanOut; place++) {
        if (!countedOnly.get(first + place) && isUntold(book, ordinal, place)) {
          close(book, ordinal, place);
        }
      }
    }
  }

  private void close(Book book, long ordinal, int place) {
    if (book.has(ordinal, place, Book.GIVEN_UP)) {
      return;
    }
    if (book.has(ordinal, place, Book.OPEN)) {
      outstanding++;
      checkOrder(book, ordinal, place);
    } else {
      unlisted.add(book.traffic(), ordinal, place);
    }
  }

  /**
   * What was accepted last may be in the journal only: nobody had looked whom to tell it when the
   * lists were read. Meanwhile somebody may have.
   */
  private void closeUnlisted(Unlisted.Found found) {
    var book = book(found.traffic().number());
    var known = found.known();
    if (known.isGivenUp()) {
      givenUp.merge("recorded late", 1L, Long::sum);
      return;
    }
    if (known.isUndecided() || known.isWaiting()) {
      outstanding++;
    } else {
      lose(1, Ledger.name(book.traffic(), found.ordinal()));
    }
    checkOrder(book, found.ordinal(), found.place());
  }

  private void checkOrder(Book book, long ordinal, int place) {
    if (book.has(ordinal, place, Book.PASSED)) {
      ledger.faults().add(FaultKind.DISORDER, "after " + Ledger.name(book.traffic(), ordinal));
    }
  }

  /** What was taken may be told again when the server did not hear so; it must know that. */
  private void explainRepeats(Arrivals arrivals) {
    for (var repeat : arrivals.repeatsToExplain()) {
      if (!known(repeat).isUnheard()) {
        ledger.faults().add(FaultKind.REPEATED, name(repeat));
      }
    }
  }

  private void explainMarks(Arrivals arrivals) {
    for (var told : arrivals.marksToExplain()) {
      if (!known(told).isGivenUp()) {
        ledger.faults().add(FaultKind.OTHER_SKIPPED, name(told) + " is counted, and was told");
      }
    }
  }

  private Outcomes.Known known(Telling telling) {
    var traffic = book(telling).traffic();
    var uid = Token.uid(traffic.number(), traffic.callOf(telling.ordinal()));
    return outcomes.of(telling.webhook(), uid, traffic.placeOf(telling.ordinal()));
  }

  private String name(Telling telling) {
    return Ledger.name(book(telling).traffic(), telling.ordinal())
        + " at webhook "
        + telling.webhook();
  }

  private Book book(Telling telling) {
    return book(telling.traffic());
  }

  private Book book(int traffic) {
    return Objects.requireNonNull(ledger.find(traffic), "what was sent or heard is in a book");
  }

  private void lose(long count, String example) {
    lost += count;
    ledger.faults().add(FaultKind.LOST, example);
  }
}
