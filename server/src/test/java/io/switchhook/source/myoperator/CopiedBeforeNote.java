package io.switchhook.source.myoperator;

import io.switchhook.event.Invariant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An inbox that is copied each time the journal has something and it does not know that yet. */
final class CopiedBeforeNote implements Inbox {
  private final Inbox inbox;
  private final Copy copy;
  private final BlockingQueue<List<Long>> noted = new LinkedBlockingQueue<>();
  private volatile long keptLast;

  /** Keeps what a power cut would leave, in the place of what was kept before. */
  interface Copy {
    void run() throws IOException;
  }

  CopiedBeforeNote(Inbox inbox, Copy copy) {
    this.inbox = inbox;
    this.copy = copy;
  }

  /** Waits until the request that was kept last is noted as told. */
  void awaitNoteOfLast() throws InterruptedException {
    for (var ids = noted.poll(10, TimeUnit.SECONDS);
        ids == null || !ids.contains(keptLast);
        ids = noted.poll(10, TimeUnit.SECONDS)) {
      Invariant.check(ids != null, "nothing more is noted");
    }
  }

  @Override
  public boolean told(List<Long> ids, Map<String, String> memories, Instant now) {
    try {
      copy.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var isNoted = inbox.told(ids, memories, now);
    noted.add(ids);
    return isNoted;
  }

  @Override
  public CompletionStage<Kept> keep(KeptRequest request) {
    return inbox
        .keep(request)
        .thenApply(
            kept -> {
              if (kept instanceof Kept.Durable(long id)) {
                keptLast = id;
              }
              return kept;
            });
  }

  @Override
  public CompletionStage<Kept> keepUnread(KeptRequest request, String reason) {
    return inbox.keepUnread(request, reason);
  }

  @Override
  public List<Row> waiting(long afterId, int max) {
    return inbox.waiting(afterId, max);
  }

  @Override
  public List<Row> unread(long beforeId, int max) {
    return inbox.unread(beforeId, max);
  }

  @Override
  public long unreadCount() {
    return inbox.unreadCount();
  }

  @Override
  public void readAgain(List<Long> ids) {
    inbox.readAgain(ids);
  }

  @Override
  public void setUnread(long id, String reason) {
    inbox.setUnread(id, reason);
  }

  @Override
  public Optional<String> memory(String uid) {
    return inbox.memory(uid);
  }

  @Override
  public void forget(Instant callsUntouchedSince, Instant unreadReceivedBefore) {
    inbox.forget(callsUntouchedSince, unreadReceivedBefore);
  }

  @Override
  public void close() {
    inbox.close();
  }
}
