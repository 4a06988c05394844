package io.switchhook.target.netty;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import io.switchhook.target.Outcome;
import io.switchhook.target.Outcome.Reason;
import io.switchhook.target.Outcome.Unreachable;
import io.switchhook.target.OutgoingRequest;
import io.switchhook.target.address.AddressGate.Admission;
import io.switchhook.target.address.AddressGate.Admitted;
import io.switchhook.target.address.AddressGate.Forbidden;
import io.switchhook.target.address.AddressGate.NoAddress;
import io.switchhook.target.netty.Failures.Failure;
import io.vertx.core.internal.ContextInternal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt under way: the look-up, up to three addresses, the request, the answer. Everything
 * runs on one event loop, so nothing is shared between threads. A connection that it gives up does
 * not speak to it any more.
 */
final class Exchange {
  private static final int ADDRESSES_TRIED_MAX = 3;
  private static final long CONNECT_NANOS_MAX =
      TimeUnit.MILLISECONDS.toNanos(Connection.CONNECT_MILLIS_MAX);
  private static final long BODY_OF_SUCCESS_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);
  private static final long SHARE_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(1);

  private final Loop loop;
  private final Order order;
  private final long startedNanos;
  private final long deadlineNanos;

  private Step step = Step.LOOKING_UP;
  private long stepEndNanos;
  private long stepNanosMax;
  private long connectBeforeNanos;
  private List<InetAddress> addresses = List.of();
  private int address;
  private boolean isRepeated;
  private boolean mayRepeat;
  private @Nullable Failure firstFailure;
  private @Nullable Pool pool;
  private @Nullable Connection connection;
  private @Nullable AnswerReader answer;
  private int place;

  /** What is to be done, and who wants to know, where. */
  record Order(
      ContextInternal context, Place.Host host, OutgoingRequest request, Consumer<Outcome> done) {}

  private enum Step {
    LOOKING_UP,
    CONNECTING,
    WAITING,
    READING,
    DONE
  }

  Exchange(Loop loop, Order order) {
    this.loop = loop;
    this.order = order;
    this.startedNanos = loop.nanos();
    this.deadlineNanos = startedNanos + order.request.timeout().toNanos();
    this.stepEndNanos = deadlineNanos;
  }

  void start() {
    loop.watch(this);
    loop.gate().admit(order.host.url(), admission -> loop.run(() -> onAdmission(admission)));
  }

  /** Where the loop keeps it. */
  int place() {
    return place;
  }

  void setPlace(int newPlace) {
    place = newPlace;
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
        addresses = admitted;
        connectBeforeNanos = loop.nanos() + CONNECT_NANOS_MAX;
        connect(0);
      }
    }
  }

  private void connect(int to) {
    address = to;
    var next = beginConnecting();
    if (next != null) {
      next.connect(this);
    }
  }

  /** The addresses that are left share the time that is left. */
  private @Nullable Pool beginConnecting() {
    if (loop.isClosed()) {
      onStop();
      return null;
    }
    step = Step.CONNECTING;
    var now = loop.nanos();
    stepNanosMax =
        Math.max(SHARE_NANOS_MIN, (connectBeforeNanos - now) / (addressesTried() - address));
    stepEndNanos = now + stepNanosMax;
    pool = loop.pool(addresses.get(address), order.host);
    return pool;
  }

  private int addressesTried() {
    return Math.min(addresses.size(), ADDRESSES_TRIED_MAX);
  }

  /** A connection is being opened for this exchange. */
  void onConnecting(Connection next) {
    connection = next;
  }

  /** There is no connection, and nothing was sent. */
  void onNoConnection(Failure failure) {
    connection = null;
    if (firstFailure == null) {
      firstFailure = failure;
    }
    if (failure.reason() == Reason.NO_CONNECTION && address + 1 < addressesTried()) {
      connect(address + 1);
      return;
    }
    fail(failure.reason() == Reason.NO_CONNECTION ? firstFailure : failure);
  }

  /** Here is a connection to send the request on. */
  void onConnected(Connection ready) {
    connection = ready;
    var isUsedBefore = ready.isUsedBefore();
    var bytes = loop.writer().write(order.request, order.host, ready.allocator());
    if (bytes == null) {
      fail(
          new Failure(
              Reason.NO_CONNECTION,
              "nothing was sent: a header of the webhook has characters that HTTP does not allow"));
      return;
    }
    step = Step.WAITING;
    stepEndNanos = deadlineNanos;
    mayRepeat = isUsedBefore && !isRepeated;
    ready.send(bytes, this);
  }

  /** The connection was lost, or never came to be. */
  void onLost(Throwable error) {
    connection = null;
    switch (step) {
      case CONNECTING ->
          onNoConnection(Failures.whileConnecting(error, peer(), order.host.isTls()));
      case WAITING -> onNoAnswer(error);
      case READING -> finishWithAnswer();
      case LOOKING_UP, DONE -> {}
    }
  }

  private void onNoAnswer(Throwable error) {
    if (mayRepeat && Failures.isClosed(error) && !loop.isClosed()) {
      isRepeated = true;
      connectBeforeNanos = loop.nanos() + CONNECT_NANOS_MAX;
      var again = beginConnecting();
      if (again != null) {
        again.connectAnew(this);
      }
      return;
    }
    fail(Failures.afterSending(error, peer()));
  }

  /** What came is no answer, or is none any more. */
  void onNotHttp() {
    connection = null;
    if (step == Step.READING) {
      finishWithAnswer();
    } else {
      fail(Failures.notHttp(peer()));
    }
  }

  /** A status line and headers came. */
  void onHead(HttpResponse response) {
    step = Step.READING;
    var reader = new AnswerReader(response, loop.now());
    answer = reader;
    if (reader.isSuccess()) {
      stepEndNanos = loop.nanos() + BODY_OF_SUCCESS_NANOS_MAX;
    }
  }

  /** A piece of the answer's body came. */
  void onBody(ByteBuf piece) {
    if (answer != null) {
      answer.add(piece);
      if (answer.isEnough()) {
        finishWithAnswer();
      }
    }
  }

  /** The answer has ended by itself; the connection is not ours any more. */
  void onEnd() {
    connection = null;
    if (answer != null) {
      answer.end();
    }
    finishWithAnswer();
  }

  /** Looks at the deadlines. */
  void onTick(long now) {
    if (now - deadlineNanos >= 0) {
      onDeadline();
    } else if (now - stepEndNanos >= 0) {
      onStepEnd();
    }
  }

  /** Nothing more is to be sent. */
  void onStop() {
    if (step == Step.READING) {
      finishWithAnswer();
    } else if (step == Step.WAITING || isRepeated) {
      fail(
          new Failure(
              Reason.CONNECTION_LOST,
              "no answer from " + order.host.authority() + " before Switchhook stopped"));
    } else {
      fail(new Failure(Reason.NO_CONNECTION, "nothing was sent: Switchhook is stopping"));
    }
  }

  private void onDeadline() {
    var within = " within " + words(order.request.timeout());
    switch (step) {
      case LOOKING_UP ->
          fail(
              new Failure(
                  Reason.NAME_NOT_FOUND,
                  "the address of " + order.host.name() + " was not found" + within));
      case CONNECTING ->
          fail(
              firstFailure == null
                  ? new Failure(
                      Reason.NO_CONNECTION, "no connection to " + order.host.authority() + within)
                  : firstFailure);
      case WAITING ->
          fail(new Failure(Reason.TIMED_OUT, "no answer from " + order.host.authority() + within));
      case READING -> finishWithAnswer();
      case DONE -> {}
    }
  }

  private void onStepEnd() {
    switch (step) {
      case CONNECTING -> {
        letGo();
        onNoConnection(
            new Failure(
                Reason.NO_CONNECTION,
                "no connection to "
                    + peer()
                    + " within "
                    + words(Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(stepNanosMax)))));
      }
      case READING -> finishWithAnswer();
      case LOOKING_UP, WAITING, DONE -> {}
    }
  }

  private void fail(Failure failure) {
    finish(new Unreachable(failure.reason(), failure.words(), took()));
  }

  private void finishWithAnswer() {
    if (answer != null) {
      finish(answer.outcome(took()));
    }
  }

  private void finish(Outcome outcome) {
    if (step == Step.DONE) {
      return;
    }
    letGo();
    step = Step.DONE;
    loop.unwatch(this);
    loop.tell(order.context, outcome, order.done);
  }

  /** Closes the connection: what is left of the answer is not read. Or does not wait for one. */
  private void letGo() {
    var mine = connection;
    connection = null;
    if (mine != null) {
      mine.close();
    } else if (step == Step.CONNECTING && pool != null) {
      pool.leave(this);
    }
  }

  /** {@code crm.example.com:443 (103.21.77.1)}, or {@code 103.21.77.1:443} where that is all. */
  String peer() {
    var authority = order.host.authority();
    return order.host.isLiteral()
        ? authority
        : authority + " (" + addresses.get(address).getHostAddress() + ")";
  }

  private Duration took() {
    return Duration.ofNanos(loop.nanos() - startedNanos);
  }

  private static String words(Duration time) {
    return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
