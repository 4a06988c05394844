package io.switchhook.testkit.simulation;

import io.switchhook.event.Kind;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.WebhookCatalog.Entry;
import io.switchhook.routing.WebhookVersion;
import io.switchhook.webhook.Condition;
import io.switchhook.webhook.Trigger;
import io.switchhook.webhook.WebhookSettings.Superseded;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who wants what, said by simple rules of its own: not by the router that is under test. */
final class Truth {
  private final Disk disk;

  /** The webhooks as the running engine knows them: a change counts from its release on. */
  private final Map<WebhookId, Entry> entriesNow = new HashMap<>();

  Truth(Disk disk) {
    this.disk = disk;
  }

  void released() {
    entriesNow.clear();
    entriesNow.putAll(disk.webhooks);
  }

  boolean isDisabledNow(WebhookId webhook) {
    var entry = entriesNow.get(webhook);
    return entry == null || !entry.webhook().isEnabled();
  }

  boolean isDeleted(WebhookId webhook) {
    return !disk.webhooks.containsKey(webhook);
  }

  Entry entry(WebhookId webhook) {
    return Objects.requireNonNull(
        disk.webhooks.get(webhook), "a deleted webhook is not told anything");
  }

  boolean isWanted(WebhookId webhook, JournalRecord event) {
    var version = versionAt(webhook, event);
    return version != null && version.enabled() && matches(version, event);
  }

  /** True when the webhook as it is today would want the event. */
  boolean matchesToday(WebhookId webhook, JournalRecord event) {
    return matches(entry(webhook).versions().getLast(), event);
  }

  /** True when the webhook as the running engine knows it would want the event. */
  boolean matchesNow(WebhookId webhook, JournalRecord event) {
    var entry = entriesNow.get(webhook);
    return entry != null && matches(entry.versions().getLast(), event);
  }

  /** How many versions of the webhook the running engine knows. */
  int versionsNow(WebhookId webhook) {
    var entry = entriesNow.get(webhook);
    return entry == null ? 0 : entry.versions().size();
  }

  /** True when the webhook wanted this event in each version since the first {@code known} ones. */
  boolean matchesEverSince(WebhookId webhook, JournalRecord event, int known) {
    return entry(webhook).versions().stream()
        .skip(known)
        .allMatch(version -> matches(version, event));
  }

  boolean isPassedWhileDisabled(WebhookId webhook, JournalRecord event) {
    var version = versionAt(webhook, event);
    return version != null && !version.enabled() && matches(version, event);
  }

  boolean wasDisabledAfter(WebhookId webhook, JournalRecord event) {
    var found = false;
    for (var version : entry(webhook).versions()) {
      found |= !version.enabled() && firstOffset(version, event) > event.offset();
    }
    return found;
  }

  /**
   * True when the webhook drops stale events, this one is not the end of its call, and a later one
   * is wanted too.
   */
  boolean isSuperseded(WebhookId webhook, JournalRecord event) {
    return entry(webhook).webhook().settings().superseded() == Superseded.DROP
        && event.kind() == Kind.IN_CALL
        && !event.body().utf8().contains("\"call_state\":\"2\"")
        && disk
            .readCall(
                event.partition(), event.call(), event.offset() + 1, disk.end(event.partition()))
            .stream()
            .anyMatch(later -> isWanted(webhook, later) || isPassedWhileDisabled(webhook, later));
  }

  /** The earlier events of the call, from its first on: a uid that came again is another call. */
  List<JournalRecord> callBefore(JournalRecord event) {
    var all = disk.readCall(event.partition(), event.call(), 0, event.offset());
    var events = all.stream().filter(record -> record.kind().isEvent()).toList();
    var first = 0;
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).sequence() == 1) {
        first = i;
      }
    }
    return event.sequence() == 1 ? List.of() : events.subList(first, events.size());
  }

  private @Nullable WebhookVersion versionAt(WebhookId webhook, JournalRecord event) {
    WebhookVersion inForce = null;
    for (var version : entry(webhook).versions()) {
      if (firstOffset(version, event) <= event.offset()) {
        inForce = version;
      }
    }
    return inForce;
  }

  private static long firstOffset(WebhookVersion version, JournalRecord event) {
    return Objects.requireNonNull(version.firstOffsets().get(event.partition()));
  }

  private static boolean matches(WebhookVersion version, JournalRecord event) {
    if (!event.kind().isEvent()
        || (version.trigger() == Trigger.IN_CALL) != (event.kind() == Kind.IN_CALL)) {
      return false;
    }
    return version.conditions().stream()
        .allMatch(
            condition ->
                condition instanceof Condition.In(_, var states)
                    && states.stream()
                        .anyMatch(
                            state -> event.body().utf8().contains("\"call_state\":\"" + state)));
  }
}
