package io.switchhook.delivery;

/**
 * A feed that reads a partition at its own pace: a detached webhook, or a replay.
 *
 * @param offset the lowest offset that may not be terminal: every delivery of this feed below it is
 *     terminal or covered by a lane's row
 * @param done of a replay, how many of its events were told, or given up, so far; 0 for a webhook
 */
public record FeedCursor(Feed feed, long offset, long done) {}
