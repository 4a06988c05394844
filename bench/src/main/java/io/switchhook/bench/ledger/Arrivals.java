package io.switchhook.bench.ledger;

import io.switchhook.bench.receive.Heard;
import io.switchhook.bench.receive.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/** What one thread of receivers heard. */
final class Arrivals implements Listener {
  /** The server is asked about so many repeats, and so many marks, at most. */
  private static final int EXPLAINED_MAX = 500;

  private final Ledger ledger;
  private final PerSecond told;
  private final List<List<Histogram>> micros = new ArrayList<>();
  private final List<Telling> toExplain = new ArrayList<>();
  private final List<Telling> marksToExplain = new ArrayList<>();
  private final AtomicLong requests = new AtomicLong();
  private long repeats;

  Arrivals(Ledger ledger) {
    this.ledger = ledger;
    this.told = new PerSecond(ledger.beganNanos());
  }

  @Override
  public void heard(Heard heard) {
    requests.setRelease(requests.getPlain() + 1); // this thread alone counts
    var book = ledger.find(heard.traffic());
    if (book == null || !isWanted(book, heard)) {
      ledger.faults().add(FaultKind.STRANGER, "at webhook " + heard.webhook());
      return;
    }
    var place = ledger.layout().placeOf(heard.webhook());
    checkNames(book, heard);
    if (heard.isReplay()) {
      checkReplay(book, heard, place);
      return;
    }
    var state = book.state(heard.ordinal(), place);
    if ((state & Book.TOLD) != 0) {
      repeats++;
      if (ledger.kills() == 0 && toExplain.size() < EXPLAINED_MAX) {
        toExplain.add(
            new Telling(heard.webhook(), heard.traffic(), heard.ordinal(), heard.isReplay()));
      }
    }
    checkEarlier(book, heard, place);
    if ((state & Book.SEEN) == 0) {
      book.mark(heard.ordinal(), place, Book.SEEN);
      measure(book, heard);
    }
  }

  private boolean isWanted(Book book, Heard heard) {
    var traffic = book.traffic();
    return heard.ordinal() >= 0
        && heard.ordinal() < traffic.count()
        && heard.webhook() >= 0
        && heard.webhook() < ledger.layout().webhooks()
        && book.request(traffic.requestOf(heard.ordinal())) != Book.UNSENT
        && traffic.groupOf(traffic.callOf(heard.ordinal()))
            == ledger.layout().groupOf(heard.webhook());
  }

  private void checkNames(Book book, Heard heard) {
    if (!book.isId(heard.ordinal(), heard.idHash())) {
      ledger.faults().add(FaultKind.OTHER_ID, name(book, heard));
    }
    var place = book.traffic().placeOf(heard.ordinal());
    if (heard.sequence() != place + 1) {
      ledger.faults().add(FaultKind.OTHER_SEQUENCE, name(book, heard) + " is " + heard.sequence());
    }
    if (heard.previous() != place) {
      ledger
          .faults()
          .add(FaultKind.OTHER_PREVIOUS, name(book, heard) + " says " + heard.previous());
    }
  }

  /** Earlier events of the call that are not told must turn out to be given up. */
  private void checkEarlier(Book book, Heard heard, int place) {
    var traffic = book.traffic();
    var call = traffic.callOf(heard.ordinal());
    var skipped = 0;
    for (var i = traffic.placeOf(heard.ordinal()) - 1; i >= 0; i--) {
      var earlier = traffic.ordinalOf(call, i);
      if (book.has(earlier, place, Book.TOLD)) {
        break; // and what is before it was looked at then
      }
      book.mark(earlier, place, Book.PASSED);
      skipped++;
    }
    if (heard.skipped() > skipped && ledger.kills() > 0) {
      explainMark(book, heard, place);
    } else if (heard.skipped() != skipped) {
      ledger
          .faults()
          .add(
              FaultKind.OTHER_SKIPPED,
              "%s says %d, not %d".formatted(name(book, heard), heard.skipped(), skipped));
    }
  }

  /**
   * What was told just before a crash may be too late after it: then the server knows of it only
   * that it gave it up, and must have that on record.
   */
  private void explainMark(Book book, Heard heard, int place) {
    var traffic = book.traffic();
    var last = traffic.placeOf(heard.ordinal());
    for (var i = last - 1; i >= Math.max(0, last - heard.skipped()); i--) {
      var earlier = traffic.ordinalOf(traffic.callOf(heard.ordinal()), i);
      if (book.has(earlier, place, Book.TOLD) && marksToExplain.size() < EXPLAINED_MAX) {
        marksToExplain.add(
            new Telling(heard.webhook(), heard.traffic(), earlier, /* isReplay= */ false));
      }
    }
  }

  private void checkReplay(Book book, Heard heard, int place) {
    var traffic = book.traffic();
    var call = traffic.callOf(heard.ordinal());
    for (var i = traffic.placeOf(heard.ordinal()) - 1; i >= 0; i--) {
      var earlier = traffic.ordinalOf(call, i);
      if (!book.has(earlier, place, Book.REPLAYED)) {
        ledger.faults().add(FaultKind.REPLAY_DISORDER, name(book, heard));
        return;
      }
    }
  }

  private void measure(Book book, Heard heard) {
    var due = book.dueNanos(heard.ordinal());
    var phase = ledger.phases().indexAt(due);
    if (phase < 0) {
      return;
    }
    while (micros.size() <= phase) {
      var classes = new ArrayList<Histogram>();
      ledger.classes().names().forEach(_ -> classes.add(new Histogram(3)));
      micros.add(classes);
    }
    var ofWebhook = ledger.classes().ofWebhook().get(heard.webhook());
    micros.get(phase).get(ofWebhook).recordValue(Math.max(0, heard.firstByteNanos() - due) / 1_000);
  }

  @Override
  public void took(Telling telling) {
    var book = ledger.find(telling.traffic());
    if (book == null || telling.webhook() < 0 || telling.ordinal() >= book.traffic().count()) {
      return; // a stranger, and told so when it came
    }
    var place = ledger.layout().placeOf(telling.webhook());
    if (telling.isReplay()) {
      if (!book.has(telling.ordinal(), place, Book.REPLAYED)) {
        book.mark(telling.ordinal(), place, Book.REPLAYED);
        ledger.countReplayed(telling.webhook());
      }
      return;
    }
    if (!book.has(telling.ordinal(), place, Book.TOLD)) {
      book.mark(telling.ordinal(), place, Book.TOLD);
      ledger.countTold(telling.webhook());
      told.add(System.nanoTime(), 1);
    }
  }

  @Override
  public void unreadable(String why) {
    ledger.faults().add(FaultKind.UNREADABLE, why);
  }

  PerSecond toldPerSecond() {
    return told;
  }

  List<List<Histogram>> micros() {
    return micros;
  }

  /** Repeats without a crash before them, or the first of them. */
  List<Telling> repeatsToExplain() {
    return toExplain;
  }

  /** What was told and is said to have been given up, or the first of them. */
  List<Telling> marksToExplain() {
    return marksToExplain;
  }

  long requests() {
    return requests.get();
  }

  long repeats() {
    return repeats;
  }

  private static String name(Book book, Heard heard) {
    return Ledger.name(book.traffic(), heard.ordinal()) + " at webhook " + heard.webhook();
  }
}
