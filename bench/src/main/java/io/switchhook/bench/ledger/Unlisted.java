package io.switchhook.bench.ledger;

import io.switchhook.bench.ledger.Outcomes.Known;
import io.switchhook.bench.load.Token;
import io.switchhook.bench.load.Traffic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Deliveries that were not told and that the server did not list. It is asked for each of them,
 * several calls at a time: of a server that is far behind they are many.
 */
final class Unlisted {
  private static final int AT_ONCE = 8;

  private final Map<Call, List<Delivery>> byCall = new LinkedHashMap<>();

  private record Call(Traffic traffic, long number) {}

  private record Delivery(long ordinal, int place) {}

  /** What the server says of one of them. */
  record Found(Traffic traffic, long ordinal, int place, Known known) {}

  void add(Traffic traffic, long ordinal, int place) {
    byCall
        .computeIfAbsent(new Call(traffic, traffic.callOf(ordinal)), _ -> new ArrayList<>())
        .add(new Delivery(ordinal, place));
  }

  /** Asks, and returns the answers in the order in which they were added, call by call. */
  List<Found> close(Outcomes outcomes) {
    var all = new ArrayList<Found>();
    try (var pool = Executors.newFixedThreadPool(AT_ONCE)) {
      var asked = new ArrayList<Future<List<Found>>>();
      byCall.forEach((call, deliveries) -> asked.add(pool.submit(ask(call, deliveries, outcomes))));
      for (var answer : asked) {
        all.addAll(answer.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The audit was interrupted.", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The server could not be asked: " + e.getCause(), e);
    }
    return all;
  }

  private static Callable<List<Found>> ask(
      Call call, List<Delivery> deliveries, Outcomes outcomes) {
    return () -> {
      var traffic = call.traffic();
      var uid = Token.uid(traffic.number(), call.number());
      var first = traffic.groupOf(call.number()) * traffic.layout().fanOut();
      var found = new ArrayList<Found>();
      for (var delivery : deliveries) {
        var known = outcomes.of(first + delivery.place(), uid, traffic.placeOf(delivery.ordinal()));
        found.add(new Found(traffic, delivery.ordinal(), delivery.place(), known));
      }
      return found;
    };
  }
}
