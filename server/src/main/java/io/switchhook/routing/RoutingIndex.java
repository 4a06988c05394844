package io.switchhook.routing;

import io.switchhook.event.Kind;
import io.switchhook.routing.WebhookCatalog.Entry;
import io.switchhook.webhook.Condition;
import io.switchhook.webhook.Condition.In;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the webhooks of a company that may want an event by the values of its fields, so that not
 * each of them has to be asked. A webhook stands under the values of the first field that one of
 * its conditions lists; one without such a condition may want everything of its trigger.
 */
final class RoutingIndex {
  private final Map<Kind, OfKind> kinds = new EnumMap<>(Kind.class);

  /** An entry and its place among the company's. */
  private record Placed(int place, Entry entry) {}

  private static final class OfKind {
    final List<Placed> always = new ArrayList<>();
    final Map<String, Map<String, List<Placed>>> byField = new LinkedHashMap<>();
  }

  /** An index of a company's webhooks; found ones come in this order. */
  RoutingIndex(List<Entry> entries) {
    for (var place = 0; place < entries.size(); place++) {
      var placed = new Placed(place, entries.get(place));
      // Which version is in force is known when an offset is: each may be.
      placed.entry.versions().forEach(version -> put(placed, version));
    }
  }

  private void put(Placed placed, WebhookVersion version) {
    var ofKind = kinds.computeIfAbsent(version.trigger().kind(), _ -> new OfKind());
    for (Condition condition : version.conditions()) {
      if (condition instanceof In(var field, var wanted)) {
        var byValue = ofKind.byField.computeIfAbsent(field, _ -> new LinkedHashMap<>());
        for (var value : wanted) {
          putOnce(byValue.computeIfAbsent(value, _ -> new ArrayList<>()), placed);
        }
        return;
      }
    }
    putOnce(ofKind.always, placed);
  }

  private static void putOnce(List<Placed> list, Placed placed) {
    if (list.isEmpty() || list.getLast().place != placed.place) {
      list.add(placed);
    }
  }

  /** Everyone who may want an event of this kind, each once; some of them may not. */
  List<Entry> candidates(Kind kind, LogFields fields) {
    var ofKind = kinds.get(kind);
    if (ofKind == null) {
      return List.of();
    }
    var found = ofKind.always;
    for (var field : ofKind.byField.entrySet()) {
      for (var value : fields.values(field.getKey())) {
        found = merged(found, field.getValue().getOrDefault(value, List.of()));
      }
    }
    var entries = new ArrayList<Entry>(found.size());
    for (var placed : found) {
      entries.add(placed.entry);
    }
    return entries;
  }

  private static List<Placed> merged(List<Placed> one, List<Placed> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    var both = new ArrayList<Placed>(one.size() + other.size());
    int i = 0;
    int j = 0;
    while (i < one.size() || j < other.size()) {
      if (j == other.size() || (i < one.size() && one.get(i).place <= other.get(j).place)) {
        putOnce(both, one.get(i++));
      } else {
        putOnce(both, other.get(j++));
      }
    }
    return both;
  }
}
