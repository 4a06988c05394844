package io.switchhook.target;

import io.switchhook.target.address.NameLookup;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Names with scripted addresses, for tests: the last answer repeats. */
public final class FakeNames implements NameLookup {
  private final Map<String, List<Answer>> answers = new HashMap<>();
  private final Map<String, AtomicInteger> asked = new HashMap<>();

  /** The next answer for this name: these addresses. */
  public FakeNames answer(String host, String... literals) {
    answers.merge(
        host,
        List.of(new Found(Arrays.stream(literals).map(InetAddress::ofLiteral).toList())),
        (first, second) ->
            java.util.stream.Stream.concat(first.stream(), second.stream()).toList());
    return this;
  }

  /** How often this name was looked up. */
  public int timesAsked(String host) {
    var count = asked.get(host);
    return count == null ? 0 : count.get();
  }

  @Override
  public synchronized void lookup(String host, Consumer<Answer> done) {
    var script = answers.get(host);
    var turn = asked.computeIfAbsent(host, _ -> new AtomicInteger()).getAndIncrement();
    done.accept(
        script == null
            ? new NotFound("the name " + host + " has no address")
            : script.get(Math.min(turn, script.size() - 1)));
  }

  @Override
  public void close() {}
}
