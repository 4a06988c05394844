package io.switchhook.target;

import io.switchhook.target.Failures.Failure;
import io.switchhook.target.Outcome.Reason;
import io.switchhook.target.Outcome.Unreachable;
import io.switchhook.target.VertxTarget.Pooling;
import io.switchhook.target.address.AddressGate.Admission;
import io.switchhook.target.address.AddressGate.Admitted;
import io.switchhook.target.address.AddressGate.Forbidden;
import io.switchhook.target.address.AddressGate.NoAddress;
import io.switchhook.target.address.TargetUrl;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt under way: the look-up, up to three addresses, the request, the answer. Everything
 * runs on one context, so nothing is shared between threads. What comes too late finds another step
 * or another try and is dropped.
 */
final class Exchange {
  private static final int ADDRESSES_TRIED_MAX = 3;
  private static final long BODY_OF_SUCCESS_MILLIS_MAX = 1_000;
  private static final long NO_TIMER = -1;

  private final VertxTarget target;
  private final Order order;

  private Step step = Step.LOOKING_UP;
  private List<InetAddress> addresses = List.of();
  private long startedNanos;
  private long connectBeforeNanos;
  private long deadlineTimer = NO_TIMER;
  private long stepTimer = NO_TIMER;
  private @Nullable Try current;
  private @Nullable Failure firstFailure;
  private @Nullable HttpClientRequest request;
  private @Nullable AnswerReader answer;

  /** What is to be done, where, and who wants to know. */
  record Order(Context context, TargetUrl url, OutgoingRequest request, Consumer<Outcome> done) {}

  private enum Step {
    LOOKING_UP,
    CONNECTING,
    WAITING,
    READING,
    DONE
  }

  /** One way of getting at a connection. Compared by identity: each try is another. */
  private static final class Try {
    private final int place;
    private final Pooling pooling;
    private boolean isReused;

    Try(int place, Pooling pooling) {
      this.place = place;
      this.pooling = pooling;
    }
  }

  Exchange(VertxTarget target, Order order) {
    this.target = target;
    this.order = order;
  }

  void start() {
    startedNanos = target.nanos();
    deadlineTimer = timer(order.request.timeout().toMillis(), this::onDeadline);
    target.gate().admit(order.url, admission -> onContext(() -> onAdmission(admission)));
  }

  private void onAdmission(Admission admission) {
    if (step != Step.LOOKING_UP) {
      return;
    }
    switch (admission) {
      case Forbidden(_, var words) ->
          fail(new Failure(Reason.FORBIDDEN_ADDRESS, "nothing was sent: " + words));
      case NoAddress(var words) -> fail(new Failure(Reason.NAME_NOT_FOUND, words));
      case Admitted(var admitted) -> {
        addresses = admitted.subList(0, Math.min(admitted.size(), ADDRESSES_TRIED_MAX));
        connectBeforeNanos =
            target.nanos() + Duration.ofMillis(VertxTarget.CONNECT_MILLIS_MAX).toNanos();
        connect(new Try(0, Pooling.KEPT_ALIVE));
      }
    }
  }

  private void connect(Try next) {
    step = Step.CONNECTING;
    current = next;
    var withinMillis = shareOfConnectTimeMillis(next);
    stepTimer = timer(withinMillis, () -> onNoConnection(next, tooSlow(next, withinMillis)));
    try {
      target
          .client(next.pooling)
          .request(options(next))
          .onComplete(
              connected -> onContext(() -> onConnected(next, connected)),
              error -> onContext(() -> onConnectError(next, error)));
    } catch (IllegalStateException _) {
      fail(new Failure(Reason.NO_CONNECTION, "nothing was sent: Switchhook is stopping"));
    }
  }

  /** The addresses that are left share the time that is left. */
  private long shareOfConnectTimeMillis(Try next) {
    var leftMillis = (connectBeforeNanos - target.nanos()) / 1_000_000;
    return Math.max(1, leftMillis / (addresses.size() - next.place));
  }

  private RequestOptions options(Try next) {
    var address = new InetSocketAddress(addresses.get(next.place), order.url.port());
    return new RequestOptions()
        .setMethod(HttpMethod.valueOf(order.request.method().name()))
        .setServer(SocketAddress.inetSocketAddress(address))
        .setHost(order.url.host())
        .setPort(order.url.port())
        .setSsl(order.url.isTls())
        .setURI(pathAndQuery(order.url.uri()))
        .setFollowRedirects(false);
  }

  private void onConnectError(Try failed, Throwable error) {
    if (error instanceof HttpClosedException && failed.pooling == Pooling.KEPT_ALIVE) {
      onClosedWhileIdle(failed);
      return;
    }
    onNoConnection(failed, Failures.whileConnecting(error, peer(failed), order.url.isTls()));
  }

  /** A pooled connection was closed before anything was sent on it. */
  private void onClosedWhileIdle(Try failed) {
    if (step == Step.CONNECTING && current == failed) {
      cancel(stepTimer);
      connect(new Try(failed.place, Pooling.FRESH));
    }
  }

  private void onNoConnection(Try failed, Failure failure) {
    if (step != Step.CONNECTING || current != failed) {
      return;
    }
    cancel(stepTimer);
    if (firstFailure == null) {
      firstFailure = failure;
    }
    if (failure.reason() == Reason.NO_CONNECTION && failed.place + 1 < addresses.size()) {
      connect(new Try(failed.place + 1, failed.pooling));
      return;
    }
    fail(failure.reason() == Reason.NO_CONNECTION ? firstFailure : failure);
  }

  private void onConnected(Try now, HttpClientRequest connected) {
    if (step != Step.CONNECTING || current != now) {
      // Came after it was waited for: goes back unused.
      connected.reset();
      return;
    }
    cancel(stepTimer);
    step = Step.WAITING;
    request = connected;
    now.isReused = target.isReused(connected.connection());
    connected.exceptionHandler(_ -> {});
    connected
        .response()
        .onComplete(
            response -> onHead(now, response), error -> onContext(() -> onNoAnswer(now, error)));
    write(connected);
  }

  private void write(HttpClientRequest connected) {
    try {
      connected.headers().add("Host", order.url.hostHeader());
      order.request.headers().forEach(h -> connected.headers().add(h.name(), h.value()));
    } catch (IllegalArgumentException _) {
      fail(
          new Failure(
              Reason.NO_CONNECTION,
              "nothing was sent: a header of the webhook has characters that HTTP does not allow"));
      return;
    }
    var body = order.request.body();
    if (body == null) {
      connected.end();
    } else {
      connected.end(Buffer.buffer(body.array()));
    }
  }

  private void onNoAnswer(Try now, Throwable error) {
    if (step != Step.WAITING || current != now) {
      return;
    }
    if (now.isReused && now.pooling == Pooling.KEPT_ALIVE && Failures.isClosed(error)) {
      connectBeforeNanos =
          target.nanos() + Duration.ofMillis(VertxTarget.CONNECT_MILLIS_MAX).toNanos();
      connect(new Try(now.place, Pooling.FRESH));
      return;
    }
    fail(Failures.afterSending(error, peer(now)));
  }

  private void onHead(Try now, HttpClientResponse response) {
    if (step != Step.WAITING || current != now) {
      return;
    }
    step = Step.READING;
    var reader = new AnswerReader(response, target.wallClock().instant());
    answer = reader;
    response.handler(piece -> onBody(reader, piece));
    response.endHandler(_ -> onEnd(reader));
    response.exceptionHandler(_ -> finish(reader.outcome(took())));
    if (reader.isSuccess()) {
      stepTimer = timer(BODY_OF_SUCCESS_MILLIS_MAX, () -> finish(reader.outcome(took())));
    }
  }

  private void onBody(AnswerReader reader, Buffer piece) {
    reader.add(piece);
    if (reader.isEnough()) {
      finish(reader.outcome(took()));
    }
  }

  private void onEnd(AnswerReader reader) {
    reader.end();
    // Ended by itself: the connection stays open for the next one.
    request = null;
    finish(reader.outcome(took()));
  }

  private void onDeadline() {
    var within = " within " + words(order.request.timeout());
    switch (step) {
      case LOOKING_UP ->
          fail(
              new Failure(
                  Reason.NAME_NOT_FOUND,
                  "the address of " + order.url.host() + " was not found" + within));
      case CONNECTING ->
          fail(
              firstFailure == null
                  ? new Failure(
                      Reason.NO_CONNECTION, "no connection to " + order.url.authority() + within)
                  : firstFailure);
      case WAITING ->
          fail(new Failure(Reason.TIMED_OUT, "no answer from " + order.url.authority() + within));
      case READING -> {
        if (answer != null) {
          finish(answer.outcome(took()));
        }
      }
      case DONE -> {}
    }
  }

  private void fail(Failure failure) {
    finish(new Unreachable(failure.reason(), failure.words(), took()));
  }

  private void finish(Outcome outcome) {
    if (step == Step.DONE) {
      return;
    }
    step = Step.DONE;
    cancel(deadlineTimer);
    cancel(stepTimer);
    if (request != null) {
      // Closes the connection: what is left of the answer is not read.
      request.reset();
    }
    order.done.accept(outcome);
  }

  private Failure tooSlow(Try slow, long withinMillis) {
    return new Failure(
        Reason.NO_CONNECTION,
        "no connection to " + peer(slow) + " within " + words(Duration.ofMillis(withinMillis)));
  }

  /** {@code crm.example.com:443 (103.21.77.1)}, or {@code 103.21.77.1:443} where that is all. */
  private String peer(Try at) {
    var authority = order.url.authority();
    return order.url.literal().isPresent()
        ? authority
        : authority + " (" + addresses.get(at.place).getHostAddress() + ")";
  }

  private Duration took() {
    return Duration.ofNanos(target.nanos() - startedNanos);
  }

  private static String words(Duration time) {
    return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  private static String pathAndQuery(URI url) {
    var path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  private long timer(long millis, Runnable action) {
    return target.vertx().setTimer(Math.max(1, millis), _ -> onContext(action));
  }

  private void cancel(long timer) {
    if (timer != NO_TIMER) {
      target.vertx().cancelTimer(timer);
    }
  }

  private void onContext(Runnable action) {
    if (order.context.equals(Vertx.currentContext())) {
      action.run();
    } else {
      order.context.runOnContext(_ -> action.run());
    }
  }
}
