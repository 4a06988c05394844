package io.switchhook.testkit.ledger;

import io.switchhook.testkit.ledger.CrashRun.Outcome;
import io.switchhook.testkit.ledger.LaneFacts.Wanted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Looks at a whole ledger, lane by lane. */
final class AuditLedger {
  private static final int STORIES_MAX = 5;

  /** How many answers, of all, a server on a busy machine may hear too late. */
  private static final double OVERHEARD_MAX = 0.02;

  private static final Outcome UNKNOWN = new Outcome("unknown", Set.of());

  private AuditLedger() {}

  /**
   * What is wrong, each with the story of its lane; nothing when all promises were kept.
   *
   * @param outcomes as the API tells them, by webhook's name and token
   */
  static List<String> of(Script script, Ledger.Page page, Map<String, Outcome> outcomes) {
    var violations = new ArrayList<>(page.faults());
    var lanes = new HashMap<String, List<Reception>>();
    for (var reception : page.receptions()) {
      lanes.computeIfAbsent(laneOf(reception), _ -> new ArrayList<>()).add(reception);
    }
    for (var call : script.calls()) {
      for (var webhook : script.webhooks()) {
        var lane = webhook.name() + " " + call.uid();
        var seen = lanes.remove(lane);
        var facts =
            new LaneFacts(
                lane,
                wanted(call, webhook, page, outcomes),
                seen == null ? List.of() : seen,
                page.kills(),
                page.recoveries().getOrDefault(webhook.name(), List.of()),
                webhook.timeToLive());
        var wrong = CheckLane.of(facts);
        if (!wrong.isEmpty() && violations.size() < STORIES_MAX) {
          violations.add(String.join("\n", wrong) + "\nin the lane " + facts.story());
        }
      }
    }
    lanes.keySet().forEach(lane -> violations.add("nobody knows the lane " + lane));
    var overheard = overheard(page, outcomes);
    if (overheard > page.receptions().size() * OVERHEARD_MAX) {
      violations.add(overheard + " answers of 2xx that were given in time count as timeouts");
    }
    return violations;
  }

  private static List<Wanted> wanted(
      Script.Call call, ScriptedWebhook webhook, Ledger.Page page, Map<String, Outcome> outcomes) {
    var wanted = new ArrayList<Wanted>();
    for (var event : Script.wanted(call, webhook)) {
      var accepted = page.accepted().get(event.token());
      if (accepted != null) {
        var outcome = outcomes.getOrDefault(webhook.name() + " " + event.token(), UNKNOWN);
        wanted.add(new Wanted(accepted, outcome.word(), outcome.timedOut()));
      }
    }
    return wanted;
  }

  /** How many requests were taken in time, and are shown as timeouts nevertheless. */
  private static long overheard(Ledger.Page page, Map<String, Outcome> outcomes) {
    return page.receptions().stream()
        .filter(it -> it.isTold() && !it.isLate())
        .filter(
            it ->
                outcomes.getOrDefault(it.webhook() + " " + it.token(), UNKNOWN).timedOut().stream()
                    .anyMatch(it::isOf))
        .count();
  }

  private static String laneOf(Reception reception) {
    return reception.webhook() + " " + ScriptedEvent.uidOf(reception.token());
  }

  /** How much was seen, on one line. */
  static String summary(Script script, Ledger.Page page, Map<String, Outcome> outcomes) {
    var counts = new TreeMap<String, Integer>();
    outcomes.values().forEach(outcome -> counts.merge(outcome.word(), 1, Integer::sum));
    var told = new HashMap<String, Integer>();
    page.receptions().stream()
        .filter(Reception::isTold)
        .forEach(it -> told.merge(it.webhook() + it.token(), 1, Integer::sum));
    return String.format(
        Locale.ROOT,
        "seed %d: %d calls, %d events accepted, %d sent again unasked; %d requests at receivers, %d"
            + " taken more than once, %d taken but heard too late; %s; killed at %s",
        script.seed(),
        script.calls().size(),
        page.accepted().size(),
        page.resends(),
        page.receptions().size(),
        told.values().stream().filter(times -> times > 1).count(),
        overheard(page, outcomes),
        counts,
        page.kills().stream().map(at -> at / 1_000_000 + " ms").toList());
  }
}
