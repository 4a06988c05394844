package io.switchhook.receiver;

import io.switchhook.calllog.Undress;
import io.switchhook.calllog.Undressed;
import io.switchhook.calllog.WebRequest;
import io.switchhook.receiver.Reception.Failed;
import io.switchhook.receiver.Reception.InWork;
import io.switchhook.receiver.Reception.Repeat;
import io.switchhook.receiver.Reception.Told;
import io.switchhook.receiver.Reception.TooLarge;
import io.switchhook.receiver.Reception.Unproven;
import io.switchhook.receiver.Reception.Unreadable;
import io.switchhook.receiver.Reception.WrongMethod;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Takes the requests of one webhook: asks for proof, reads the call log in whatever dress it comes,
 * drops repeats, and tells when something is missing. Has no server: whatever yours is, three lines
 * join them:
 *
 * {@snippet :
 * var receiver = WebhookReceiver.of(Proof.ofHeader("my-super-secret-token", "abc123def"));
 * // then, for each request (here: a servlet's):
 * var reception = receiver.receive(
 *     new ReceivedRequest(request.getMethod(), request.getQueryString(), request::getHeader, body),
 *     told -> work(told.message()));
 * response.setStatus(reception.status());
 * }
 *
 * <p>One receiver for each webhook, because the order and the gaps of a call are those of one
 * webhook. May be used from any thread. Read at most {@link #BODY_BYTES_MAX} bytes and one of a
 * body: what is larger is refused.
 */
public final class WebhookReceiver {
  /** The largest body that is taken, in bytes: a call log of 256 KiB, percent-encoded. */
  public static final int BODY_BYTES_MAX = 1024 * 1024;

  /** What becomes of a replay of an event that is known. */
  private enum Replays {
    DROPPED,
    TOLD_AGAIN
  }

  private final Proof proof;
  private final ReceptionStore store;
  private final InstantSource clock;
  private final Replays replays;

  private WebhookReceiver(Proof proof, ReceptionStore store, InstantSource clock, Replays replays) {
    this.proof = proof;
    this.store = store;
    this.clock = clock;
    this.replays = replays;
  }

  /** Believes who shows this, and remembers the last 10,000 events in memory. */
  public static WebhookReceiver of(Proof proof) {
    return new WebhookReceiver(
        proof, ReceptionStore.inMemory(), InstantSource.system(), Replays.DROPPED);
  }

  /** The same, remembering in this store. */
  public WebhookReceiver remembering(ReceptionStore other) {
    return new WebhookReceiver(proof, other, clock, replays);
  }

  /**
   * The same, that lets a replay (which somebody asked for) through although the event is known. An
   * attempt that must be repeated during a replay is then told twice, too.
   */
  public WebhookReceiver tellingReplaysAgain() {
    return new WebhookReceiver(proof, store, clock, Replays.TOLD_AGAIN);
  }

  /** The same, that takes the time from here: the time of a signature is compared with it. */
  public WebhookReceiver withClock(InstantSource other) {
    return new WebhookReceiver(proof, store, other, replays);
  }

  /**
   * Takes a request and gives what is new in it to {@code work}, once. When that returns, the event
   * is remembered as done; when it throws, it is not, the status says so, and the sender tells it
   * again. The sender waits meanwhile (15 s unless it is set otherwise): keep it, and work later.
   */
  public Reception receive(ReceivedRequest request, Consumer<Told> work) {
    var reception = receive(request);
    if (!(reception instanceof Told told)) {
      return reception;
    }
    var isDone = false;
    try {
      work.accept(told);
      isDone = true;
      done(told);
      return told;
    } catch (RuntimeException e) {
      // Whatever the work failed of, the event was not worked on, and the sender must hear so.
      return new Failed(told, e);
    } finally {
      if (!isDone) {
        failed(told);
      }
    }
  }

  /**
   * Takes a request. What is {@link Told} is the caller's alone until {@link #done} or {@link
   * #failed}, one of which must be called; until then a repeat is {@link InWork}.
   */
  public Reception receive(ReceivedRequest request) {
    var lack = proof.lackOf(request, clock.instant());
    if (lack.isPresent()) {
      return new Unproven(lack.get());
    }
    if (!isTaken(request.method())) {
      return new WrongMethod(request.method());
    }
    if (request.body().length > BODY_BYTES_MAX) {
      return new TooLarge(request.body().length);
    }
    var contentType = request.headers().first("Content-Type");
    var undressed =
        Undress.of(
            new WebRequest(
                request.method(),
                request.query(),
                contentType == null ? "" : contentType,
                request.body()));
    return switch (undressed) {
      case Undressed.WithLog(var log, var parameters, _) ->
          claimed(Message.of(log, parameters), request);
      case Undressed.WithEnvelope(var envelope, var json, var parameters) ->
          claimed(new Message.Event(envelope, json, parameters), request);
      case Undressed.ParametersOnly(var parameters) ->
          claimed(new Message.ParametersOnly(parameters), request);
      case Undressed.Unreadable(var reason) -> new Unreadable(reason);
    };
  }

  /** The work on it is done: a repeat of it will be dropped. */
  public void done(Told told) {
    if (!told.key().isEmpty()) {
      store.done(told.key());
    }
  }

  /** The work on it has failed: the next attempt will be told. */
  public void failed(Told told) {
    if (!told.key().isEmpty()) {
      store.release(told.key());
    }
  }

  private Reception claimed(Message message, ReceivedRequest request) {
    var marks = Marks.of(request.headers());
    var told = new Told(message, marks, new Continuity.Unknown());
    if (!told.key().isEmpty() && !isLetThrough(marks)) {
      switch (store.claim(told.key())) {
        case DONE -> {
          return new Repeat(message, marks);
        }
        case IN_WORK -> {
          return new InWork(message, marks);
        }
        case NEW -> {
          // It is ours.
        }
      }
    }
    return new Told(message, marks, continuity(message, marks));
  }

  private boolean isLetThrough(Marks marks) {
    return marks.isReplay() && replays == Replays.TOLD_AGAIN;
  }

  private Continuity continuity(Message message, Marks marks) {
    if (marks.sequence() == 0 || marks.isReplay() || marks.isTest()) {
      return new Continuity.Unknown();
    }
    var uid = message.uid();
    var last = uid.isEmpty() ? null : store.came(uid.get(), marks.sequence());
    if (marks.skipped() > 0) {
      var lastHad = last == null ? 0 : last.orElse(0);
      return new Continuity.Gap(lastHad, marks.previous(), marks.skipped());
    }
    if (marks.previous() == 0) {
      return new Continuity.Unbroken();
    }
    if (last == null || last.isEmpty()) {
      return new Continuity.Unknown();
    }
    // What comes late, after a repeat was forgotten, lacks nothing: only a number beyond does.
    return marks.previous() > last.getAsInt()
        ? new Continuity.Gap(last.getAsInt(), marks.previous(), 0)
        : new Continuity.Unbroken();
  }

  private static boolean isTaken(String method) {
    return switch (method.toUpperCase(Locale.ROOT)) {
      case "GET", "HEAD", "POST" -> true;
      default -> false;
    };
  }
}
