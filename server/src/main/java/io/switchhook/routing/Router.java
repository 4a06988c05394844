package io.switchhook.routing;

import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.WebhookCatalog.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which webhooks want an event: a pure function of the event, its offset and the webhooks'
 * versions.
 */
public final class Router {
  private Router() {}

  /**
   * What a webhook says of a record, by the version in force at its offset.
   *
   * @param fields the record's call log, read at most once for all webhooks
   */
  public static Route route(Entry webhook, JournalRecord record, LogFields fields) {
    var version = versionAt(webhook.versions(), record.partition(), record.offset());
    if (version == null
        || version.trigger().kind() != record.kind()
        || !Conditions.hold(version.conditions(), fields)) {
      return Route.NOT_FOR_IT;
    }
    return version.enabled() ? Route.WANTED : Route.DISABLED;
  }

  /** True when the webhook as it is today would want this event, whenever it happened. */
  public static boolean matchesToday(Entry webhook, JournalRecord record, LogFields fields) {
    var settings = webhook.webhook().settings();
    return settings.trigger().kind() == record.kind()
        && Conditions.hold(settings.conditions(), fields);
  }

  /**
   * True when the webhook was disabled at some time after this offset was taken: what was then
   * still pending is given up, also when the webhook was enabled again since.
   */
  public static boolean isDisabledAfter(Entry webhook, int partition, long offset) {
    for (var version : webhook.versions()) {
      if (!version.enabled() && firstOffset(version, partition) > offset) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable WebhookVersion versionAt(
      List<WebhookVersion> versions, int partition, long offset) {
    for (int i = versions.size() - 1; i >= 0; i--) {
      if (firstOffset(versions.get(i), partition) <= offset) {
        return versions.get(i);
      }
    }
    return null;
  }

  /**
   * A partition that the company got after this version was made has had the version from its first
   * offset on.
   */
  private static long firstOffset(WebhookVersion version, int partition) {
    return version.firstOffsets().getOrDefault(partition, 0L);
  }
}
