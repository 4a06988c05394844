package io.switchhook.history.sqlite;

import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.history.ListedCall;
import java.util.Map;

/**
 * What the writer knows of a day's file without reading it. Holds only what was committed, or is
 * part of the transaction under way: when that fails, the whole memory is thrown away.
 */
final class DayMemory {
  /** More calls than this are looked up in the file. */
  static final int CALLS_MAX = 20_000;

  /** More webhooks than this are looked up in the file. */
  static final int WEBHOOKS_MAX = 20_000;

  /** A company's webhook. */
  record Webhook(CompanyId company, WebhookId id) {}

  final Map<CallId, ListedCall> calls = LatestUsed.map(CALLS_MAX);
  final Map<Webhook, Integer> webhooks = LatestUsed.map(WEBHOOKS_MAX);
  final AnswerNumbers answers = new AnswerNumbers();
}
