package io.switchhook.source.myoperator;

import io.switchhook.event.CompanyId;
import io.switchhook.source.Door;
import io.switchhook.source.DoorAnswer;
import io.switchhook.source.DoorAnswer.Taken;
import io.switchhook.source.DoorAnswer.Unavailable;
import io.switchhook.source.DoorRequest;
import io.switchhook.source.Source;
import io.switchhook.source.SourceParts;
import io.switchhook.source.SourceState;
import io.switchhook.source.SourceState.Hearing;
import io.switchhook.source.SourceTest;
import io.switchhook.source.SourceTest.Finding;
import io.switchhook.source.SourceTest.Weight;
import io.switchhook.source.UnreadRequest;
import io.switchhook.source.myoperator.DecodeRequest.Nothing;
import io.switchhook.source.myoperator.DecodeRequest.Told;
import io.switchhook.source.myoperator.DecodeRequest.Unread;
import io.switchhook.source.myoperator.Reorder.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A MyOperator account: what comes to its door is on disk before it is answered, and is then told
 * in the order of each call, once.
 */
public final class MyOperatorSource implements Source, Door {
  private static final Logger LOG = LoggerFactory.getLogger(MyOperatorSource.class);
  private static final Duration AFTER_CLOSING = Duration.ofSeconds(5);
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(30);
  private static final int REASON_LENGTH_MAX = 500;

  private final MyOperatorSettings settings;
  private final SourceParts parts;
  private final Inbox inbox;
  private final TellThread teller;
  private final DoorMetrics metrics;
  private final AtomicLong unread = new AtomicLong();
  private volatile Hearing hearing = Hearing.STOPPED;
  private volatile Instant since;
  private volatile @Nullable Instant lastEventAt;

  /** A source that is not started; {@code inbox} becomes its own, and is closed with it. */
  public MyOperatorSource(MyOperatorSettings settings, SourceParts parts, Inbox inbox) {
    this.settings = settings;
    this.parts = parts;
    this.inbox = inbox;
    this.teller = new TellThread(settings, parts, inbox, this::countUnread);
    this.metrics = new DoorMetrics(parts.meters(), settings.name());
    this.since = parts.clock().instant();
    countUnread();
    metrics.watch(teller::waiting, unread::get);
  }

  @Override
  public void start() {
    teller.start();
    since = parts.clock().instant();
    hearing = Hearing.CONNECTED;
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public CompanyId company() {
    return settings.company();
  }

  @Override
  public boolean isProven(DoorRequest head) {
    var isProven = settings.proof().isShownBy(head);
    if (!isProven) {
      metrics.unproven();
    }
    return isProven;
  }

  @Override
  public String challenge() {
    return settings.proof().challenge();
  }

  @Override
  public CompletionStage<DoorAnswer> take(DoorRequest request) {
    var refusal = refusal(request.body().size());
    if (refusal != null) {
      metrics.refused();
      return CompletableFuture.completedStage(refusal);
    }
    var kept =
        new KeptRequest(
            parts.clock().instant(),
            request.method(),
            settings.proof().withoutToken(request.rawQuery()),
            request.header("content-type").orElse(""),
            request.body());
    return switch (DecodeRequest.of(kept, settings.fields(), settings.tellAs())) {
      case Nothing() -> {
        metrics.nothing();
        yield CompletableFuture.completedStage(new Taken());
      }
      case Unread(var reason) -> keepUnread(kept, reason);
      case Told(var event) -> keep(kept, event);
    };
  }

  private @Nullable Unavailable refusal(int bodyBytes) {
    if (hearing != Hearing.CONNECTED) {
      return new Unavailable("The server is starting or stopping.", AFTER_CLOSING);
    }
    var words = teller.refusal(bodyBytes);
    return words.isEmpty() ? null : new Unavailable(words.get(), AFTER_REFUSAL);
  }

  private CompletionStage<DoorAnswer> keep(KeptRequest request, VendorEvent event) {
    teller.expect(request.body().size());
    return inbox
        .keep(request)
        .thenApply(
            kept ->
                switch (kept) {
                  case Inbox.Kept.Durable(long id) -> {
                    lastEventAt = request.receivedAt();
                    metrics.taken();
                    teller.offer(
                        List.of(new Waiting(id, event, request.receivedAt().toEpochMilli())));
                    yield new Taken();
                  }
                  case Inbox.Kept.Refused(var answer) -> {
                    teller.forgo(request.body().size());
                    metrics.refused();
                    yield answer;
                  }
                });
  }

  private CompletionStage<DoorAnswer> keepUnread(KeptRequest request, String reason) {
    return inbox
        .keepUnread(request, cut(reason))
        .thenApply(
            kept ->
                switch (kept) {
                  case Inbox.Kept.Durable(long id) -> {
                    unread.updateAndGet(count -> Math.min(count + 1, Inbox.UNREAD_MAX));
                    metrics.unread();
                    LOG.atWarn()
                        .addKeyValue("source", settings.name())
                        .addKeyValue("id", id)
                        .addKeyValue("bytes", request.body().size())
                        .log("source.unread: kept as it came; 'sources unread' shows why");
                    yield new Taken();
                  }
                  case Inbox.Kept.Refused(var answer) -> {
                    metrics.refused();
                    yield answer;
                  }
                });
  }

  @Override
  public List<UnreadRequest> unread(int max) {
    var all = new ArrayList<UnreadRequest>();
    var beforeId = Long.MAX_VALUE;
    while (all.size() < max) {
      var page = inbox.unread(beforeId, Math.min(Inbox.PAGE_MAX, max - all.size()));
      if (page.isEmpty()) {
        break;
      }
      page.forEach(row -> all.add(shown(row)));
      beforeId = page.getLast().id();
    }
    return all;
  }

  private static UnreadRequest shown(Inbox.Row row) {
    var request = row.request();
    return new UnreadRequest(
        row.id(),
        request.receivedAt(),
        request.method(),
        request.rawQuery(),
        request.contentType(),
        request.body(),
        row.reason());
  }

  @Override
  public long unreadCount() {
    return unread.get();
  }

  @Override
  public synchronized Retried retryUnread() {
    var read = 0;
    var beforeId = Long.MAX_VALUE;
    for (var page = inbox.unread(beforeId, Inbox.PAGE_MAX);
        !page.isEmpty() && hearing == Hearing.CONNECTED;
        page = inbox.unread(beforeId, Inbox.PAGE_MAX)) {
      beforeId = page.getLast().id();
      read += retry(page);
    }
    countUnread();
    return new Retried(read, (int) unread.get());
  }

  private void countUnread() {
    unread.set(inbox.unreadCount());
  }

  private int retry(List<Inbox.Row> page) {
    var ids = new ArrayList<Long>();
    var events = new ArrayList<Waiting>();
    var now = parts.clock().millis();
    for (var row : page.reversed()) {
      switch (DecodeRequest.of(row.request(), settings.fields(), settings.tellAs())) {
        case Told(var event) -> {
          ids.add(row.id());
          events.add(new Waiting(row.id(), event, now));
          teller.expect(row.request().body().size());
        }
        case Unread(var reason) -> {
          if (!row.reason().equals(cut(reason))) {
            inbox.setUnread(row.id(), cut(reason));
          }
        }
        case Nothing() ->
            inbox.told(List.of(row.id()), java.util.Map.of(), parts.clock().instant());
      }
    }
    inbox.readAgain(ids);
    teller.offer(events);
    return ids.size();
  }

  @Override
  public SourceState state() {
    var problems = new ArrayList<String>();
    teller.refusal(0).ifPresent(problems::add);
    var count = unread.get();
    if (count > 0) {
      problems.add(unreadWords(count));
    }
    return new SourceState(hearing, since, lastEventAt, problems);
  }

  private String unreadWords(long count) {
    return (count == 1 ? "1 request" : count + " requests")
        + " could not be read; see ./switchhook sources unread "
        + settings.name()
        + ".";
  }

  @Override
  public CompletionStage<SourceTest> test() {
    var found = new ArrayList<Finding>();
    if (hearing == Hearing.CONNECTED) {
      found.add(
          new Finding(
              Weight.FINE,
              "The door is open at /in/"
                  + settings.name()
                  + " and asks for "
                  + settings.proof()
                  + "."));
    } else {
      found.add(new Finding(Weight.WRONG, "The door is not open."));
    }
    var last = lastEventAt;
    found.add(
        last == null
            ? new Finding(
                Weight.WARNING,
                "Nothing has come in since "
                    + since
                    + ". Does the account's webhook point here, with the secret?")
            : new Finding(Weight.FINE, "Something came in last at " + last + "."));
    if (unread.get() > 0) {
      found.add(new Finding(Weight.WARNING, unreadWords(unread.get())));
    }
    teller.refusal(0).ifPresent(words -> found.add(new Finding(Weight.WRONG, words)));
    return CompletableFuture.completedStage(SourceTest.of(found));
  }

  @Override
  public void close() {
    hearing = Hearing.STOPPED;
    since = parts.clock().instant();
    teller.close();
    inbox.close();
  }

  private static String cut(String reason) {
    return reason.length() <= REASON_LENGTH_MAX ? reason : reason.substring(0, REASON_LENGTH_MAX);
  }
}
