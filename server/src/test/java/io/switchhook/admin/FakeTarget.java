package io.switchhook.admin;

import io.switchhook.event.Bytes;
import io.switchhook.target.Outcome;
import io.switchhook.target.OutgoingRequest;
import io.switchhook.target.Target;
import io.switchhook.webhook.RequestShape.Header;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Receivers that answer what they are told to, and remember what they were sent. */
final class FakeTarget implements Target {
  final ConcurrentLinkedQueue<OutgoingRequest> requests = new ConcurrentLinkedQueue<>();
  volatile Outcome next =
      new Outcome.Delivered(
          200,
          new Outcome.Answer(
              List.of(new Header("Content-Type", "text/plain"), new Header("Set-Cookie", "s=1")),
              Bytes.utf8("thanks"),
              false),
          Duration.ofMillis(12));

  @Override
  public void attempt(OutgoingRequest request, Consumer<Outcome> done) {
    requests.add(request);
    Thread.startVirtualThread(() -> done.accept(next));
  }

  @Override
  public void close() {}
}
