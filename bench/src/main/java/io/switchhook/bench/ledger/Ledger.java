package io.switchhook.bench.ledger;

import io.switchhook.bench.load.Answers;
import io.switchhook.bench.load.Layout;
import io.switchhook.bench.load.Traffic;
import io.switchhook.bench.receive.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * All that was sent, accepted and heard in a run. The generator's thread tells it what was
 * answered, each thread of receivers what it heard; counts may be read at any time, everything else
 * when those threads have ended.
 */
public final class Ledger implements Answers {
  private static final int TRAFFICS_MAX = 256;

  private final Layout layout;
  private final Classes classes;
  private final long beganNanos = System.nanoTime();
  private final Phases phases = new Phases();
  private final Faults faults = new Faults();
  private final AtomicReferenceArray<@Nullable Book> books =
      new AtomicReferenceArray<>(TRAFFICS_MAX);
  private final List<Arrivals> arrivals = new ArrayList<>();
  private final AtomicLongArray told;
  private final AtomicLongArray replayed;
  private final PerSecond sent = new PerSecond(beganNanos);
  private final PerSecond accepted = new PerSecond(beganNanos);
  private volatile int kills;
  private volatile boolean interrupted;
  private volatile long sentEvents;
  private volatile long acceptedEvents;
  private long duplicates;

  /**
   * Kinds of webhooks whose figures are told apart.
   *
   * @param ofWebhook the place in {@code names} of each webhook's kind
   */
  public record Classes(List<String> names, List<Integer> ofWebhook) {
    public Classes {
      names = List.copyOf(names);
      ofWebhook = List.copyOf(ofWebhook);
    }
  }

  /** A ledger in which nothing stands. */
  public Ledger(Layout layout, Classes classes) {
    this.layout = layout;
    this.classes = classes;
    this.told = new AtomicLongArray(layout.webhooks());
    this.replayed = new AtomicLongArray(layout.webhooks());
  }

  /** Opens the page of a traffic that will begin at this time. */
  public void open(Traffic traffic, long beginNanos) {
    books.set(traffic.number(), new Book(traffic, beginNanos));
  }

  /** What one thread of receivers reports to. */
  public Listener listener() {
    var listener = new Arrivals(this);
    arrivals.add(listener);
    return listener;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the generator's thread writes
  public void sent(Traffic traffic, long request) {
    book(traffic.number()).request(request, Book.SENT);
    sentEvents += traffic.batch();
    sent.add(System.nanoTime(), traffic.batch());
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the generator's thread writes
  public void accepted(Traffic traffic, long request) {
    book(traffic.number()).request(request, Book.ACCEPTED);
    acceptedEvents += traffic.batch();
    accepted.add(System.nanoTime(), traffic.batch());
  }

  @Override
  public void accepted(Traffic traffic, long ordinal, Entry entry) {
    var book = book(traffic.number());
    if (!book.isId(ordinal, entry.idHash())) {
      faults.add(FaultKind.OTHER_ID, name(traffic, ordinal) + " in the 202");
    }
    if (entry.sequence() != traffic.placeOf(ordinal) + 1) {
      faults.add(
          FaultKind.OTHER_SEQUENCE,
          name(traffic, ordinal) + " is " + entry.sequence() + ", in the 202");
    }
    if (entry.isDuplicate()) {
      duplicates++;
      if (!interrupted) {
        faults.add(FaultKind.REPEATED, name(traffic, ordinal) + " is a duplicate, in the 202");
      }
    }
  }

  @Override
  public void refused(Traffic traffic, long request, int status) {
    var book = book(traffic.number());
    book.request(request, Book.REFUSED);
    book.addRefused(traffic.batch());
  }

  /** The server was killed: what it had not stored may come again. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread kills
  public void killed() {
    stopped();
    kills++;
  }

  /** The server was stopped: what it had not answered is sent again, also what it had kept. */
  public void stopped() {
    interrupted = true;
  }

  /** A replay of this traffic begins. */
  public void replayBegins(Traffic replayedTraffic) {
    book(replayedTraffic.number()).clearReplayed();
  }

  /** How often the server was killed. */
  public int kills() {
    return kills;
  }

  /** How many events were handed to their connections. */
  public long sent() {
    return sentEvents;
  }

  /** How many events were accepted. */
  public long accepted() {
    return acceptedEvents;
  }

  /** How many requests came to receivers. */
  public long heard() {
    var sum = 0L;
    for (var one : arrivals) {
      sum += one.requests();
    }
    return sum;
  }

  /** How many events were told to webhooks of a class, each counted once. */
  public long told(int classIndex) {
    var sum = 0L;
    for (var webhook = 0; webhook < layout.webhooks(); webhook++) {
      if (classes.ofWebhook().get(webhook) == classIndex) {
        sum += told.get(webhook);
      }
    }
    return sum;
  }

  /** How many events were told in all. */
  public long told() {
    var sum = 0L;
    for (var webhook = 0; webhook < layout.webhooks(); webhook++) {
      sum += told.get(webhook);
    }
    return sum;
  }

  /** How many events were told to this webhook by replays. */
  public long replayed(int webhook) {
    return replayed.get(webhook);
  }

  /** The parts of the run. */
  public Phases phases() {
    return phases;
  }

  /** What was found wrong. */
  public Faults faults() {
    return faults;
  }

  /** When the ledger was opened: the zero of everything that is counted by the second. */
  public long beganNanos() {
    return beganNanos;
  }

  /** Events sent in each second. */
  public PerSecond sentPerSecond() {
    return sent;
  }

  /** Events accepted in each second. */
  public PerSecond acceptedPerSecond() {
    return accepted;
  }

  /** Deliveries taken for the first time in each second. */
  public PerSecond toldPerSecond() {
    var all = new PerSecond(beganNanos);
    arrivals.forEach(one -> all.addAll(one.toldPerSecond()));
    return all;
  }

  /** From when an event was due to its first byte at a receiver. */
  public Latencies latencies() {
    return Latencies.of(phases, classes, arrivals);
  }

  Layout layout() {
    return layout;
  }

  Classes classes() {
    return classes;
  }

  List<Arrivals> arrivals() {
    return arrivals;
  }

  long duplicates() {
    return duplicates;
  }

  /** The pages that were opened. */
  List<Book> books() {
    var all = new ArrayList<Book>();
    for (var i = 0; i < TRAFFICS_MAX; i++) {
      var book = books.get(i);
      if (book != null) {
        all.add(book);
      }
    }
    return all;
  }

  @Nullable Book find(int traffic) {
    return traffic < 0 || traffic >= TRAFFICS_MAX ? null : books.get(traffic);
  }

  private Book book(int traffic) {
    var book = books.get(traffic);
    if (book == null) {
      throw new IllegalStateException("There is no traffic " + traffic + ".");
    }
    return book;
  }

  /** Only the webhook's own thread counts. */
  void countTold(int webhook) {
    told.setRelease(webhook, told.getPlain(webhook) + 1);
  }

  void countReplayed(int webhook) {
    replayed.setRelease(webhook, replayed.getPlain(webhook) + 1);
  }

  static String name(Traffic traffic, long ordinal) {
    return "event %d of call %d of %s"
        .formatted(traffic.placeOf(ordinal) + 1, traffic.callOf(ordinal), traffic.name());
  }
}
