package io.switchhook.source.asterisk.line;

import io.switchhook.event.Invariant;
import io.switchhook.source.asterisk.ami.AmiMessage;
import io.switchhook.source.asterisk.ami.AmiParser;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from its opening to its end: a thread that only reads, answers by the id of what
 * was asked, and everything else handed on in its order. Safe for all threads.
 */
public final class AmiSession implements AutoCloseable {
  /** More events of one list are left out: no phone system has so many channels. */
  static final int LIST_MAX = 50_000;

  private static final int READ_BYTES = 64 * 1024;
  private static final String ACTION_ID = "swh-ask-";

  private final Socket socket;
  private final Consumer<AmiMessage> events;
  private final AmiParser parser = new AmiParser(this::take);
  private final Map<String, Asked> asked = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CompletableFuture<String> banner = new CompletableFuture<>();
  private volatile @Nullable String endedBecause;

  /** What waits for an answer, and the events of a list that came so far. */
  private record Asked(
      CompletableFuture<Reply> reply, List<AmiMessage> items, @Nullable Consumer<Reply> inOrder) {}

  /** The answer to an action; a list has items. */
  public record Reply(AmiMessage response, List<AmiMessage> items) {
    public Reply {
      items = List.copyOf(items);
    }

    /** True when it was done. */
    public boolean isSuccess() {
      var word = response.response();
      return word.equalsIgnoreCase("Success") || word.equalsIgnoreCase("Goodbye");
    }

    /** What Asterisk says to it. */
    public String words() {
      return response.text("Message");
    }
  }

  /** Begins to read; {@code events} hears what answers nothing, on the thread that reads. */
  AmiSession(Socket socket, String name, Consumer<AmiMessage> events) {
    this.socket = socket;
    this.events = events;
    Thread.ofPlatform().name("ami " + name).daemon().start(this::read);
  }

  private void read() {
    var buffer = new byte[READ_BYTES];
    try {
      var in = socket.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        received.addAndGet(count);
        parser.feed(buffer, 0, count);
        parser.banner().ifPresent(banner::complete);
      }
      end("Asterisk closed the connection.");
    } catch (IOException e) {
      end("The connection broke: " + e.getMessage() + ".");
    } catch (RuntimeException e) { // The top of the thread: without it nobody would know.
      end("Reading failed: " + e + ".");
    }
  }

  private void take(AmiMessage message) {
    var waiting = message.actionId().isEmpty() ? null : asked.get(message.actionId());
    if (waiting == null) {
      events.accept(message);
      return;
    }
    var listState = message.text("EventList");
    if (message.isResponse()) {
      if (!listState.equalsIgnoreCase("start")) {
        answer(message, waiting);
      }
      return;
    }
    if (listState.equalsIgnoreCase("Complete") || listState.equalsIgnoreCase("cancelled")) {
      answer(AmiMessage.of("Response", "Success", "ActionID", message.actionId()), waiting);
    } else if (waiting.items().size() < LIST_MAX) {
      waiting.items().add(message);
    }
  }

  private void answer(AmiMessage response, Asked waiting) {
    asked.remove(response.actionId());
    var reply = new Reply(response, waiting.items());
    if (waiting.inOrder() != null) {
      waiting.inOrder().accept(reply);
    }
    waiting.reply().complete(reply);
  }

  /** The first line, which says which version speaks. */
  String banner(Duration patience) throws LineException, InterruptedException {
    return await(banner, patience, "its first line");
  }

  /** Asks, and returns when the answer is there. Fails when the connection does. */
  Reply ask(Duration patience, AmiMessage action) throws LineException, InterruptedException {
    return await(send(action, null), patience, "an answer to " + action.text("Action"));
  }

  /** Asks; the answer is {@code heard} on the reading thread, in order with the events. */
  Reply ask(Duration patience, AmiMessage action, Consumer<Reply> heard)
      throws LineException, InterruptedException {
    return await(send(action, heard), patience, "an answer to " + action.text("Action"));
  }

  /** Asks and does not wait. */
  CompletableFuture<Reply> send(AmiMessage action) {
    return send(action, null);
  }

  private CompletableFuture<Reply> send(AmiMessage action, @Nullable Consumer<Reply> inOrder) {
    var given = action.actionId();
    var id = given.isEmpty() ? ACTION_ID + lastId.incrementAndGet() : given;
    var waiting = new Asked(new CompletableFuture<>(), new ArrayList<>(), inOrder);
    asked.put(id, waiting);
    try {
      write(action, id);
    } catch (IOException e) {
      end("The connection broke: " + e.getMessage() + ".");
    }
    if (ended.getCount() == 0) {
      failAsked();
    }
    return waiting.reply();
  }

  private void write(AmiMessage action, String id) throws IOException {
    var text = new StringBuilder();
    for (var field : action.fields()) {
      if (!field.name().equalsIgnoreCase("ActionID")) {
        append(text, field.name(), field.value());
      }
    }
    append(text, "ActionID", id);
    text.append("\r\n");
    var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    OutputStream out = socket.getOutputStream();
    synchronized (socket) {
      out.write(bytes);
      out.flush();
    }
  }

  private static void append(StringBuilder text, String name, String value) {
    // A line break in a value would begin a line of its own, and with it another action.
    Invariant.check(
        value.chars().noneMatch(c -> c < ' ') && name.chars().noneMatch(c -> c < ' '),
        "fields of an action have no control characters");
    text.append(name).append(": ").append(value).append("\r\n");
  }

  private <T> T await(CompletableFuture<T> answer, Duration patience, String what)
      throws LineException, InterruptedException {
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new LineException(
          "Asterisk did not send " + what + " within " + patience.toSeconds() + " seconds.", e);
    } catch (ExecutionException e) {
      throw new LineException(endedBecause(), e);
    }
  }

  /** How many bytes came so far. */
  long receivedBytes() {
    return received.get();
  }

  /** Waits for the end, at most so long; true when it is over. */
  boolean awaitEnd(Duration patience) throws InterruptedException {
    return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean isOver() {
    return ended.getCount() == 0;
  }

  /** Why it is over, in a sentence. */
  String endedBecause() {
    var words = endedBecause;
    return words == null ? "The connection is closed." : words;
  }

  /** Ends the connection for a reason. */
  void end(String because) {
    synchronized (this) {
      if (endedBecause == null) {
        endedBecause = because;
      }
    }
    OpenSocket.close(socket);
    ended.countDown();
    banner.completeExceptionally(new LineException(endedBecause()));
    failAsked();
  }

  private void failAsked() {
    asked.forEach(
        (id, waiting) -> {
          asked.remove(id);
          waiting.reply().completeExceptionally(new LineException(endedBecause()));
        });
  }

  @Override
  public void close() {
    end("The connection was closed from here.");
  }
}
