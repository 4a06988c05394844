package io.switchhook.delivery.sqlite;

import io.switchhook.delivery.Feed;
import io.switchhook.delivery.FeedCursor;
import io.switchhook.delivery.ReplayId;
import io.switchhook.event.WebhookId;
import io.switchhook.sqlite.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The cursors of feeds as rows of the table 'feed'. */
final class FeedCursors {
  /** What stands in the column of the replay for what happens. */
  private static final String LIVE = "";

  private static final String PUT =
      """
      INSERT INTO feed (partition, webhook, replay, offset, done) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (partition, webhook, replay) DO UPDATE SET offset = excluded.offset, done = excluded.done
      WHERE (offset, done) <> (excluded.offset, excluded.done)
      """;
  private static final String DELETE =
      "DELETE FROM feed WHERE partition = ? AND webhook = ? AND replay = ?";
  private static final String READ =
      "SELECT webhook, replay, offset, done FROM feed WHERE partition = ?";

  private FeedCursors() {}

  static String replay(Feed feed) {
    return feed.replay() == null ? LIVE : feed.replay().value();
  }

  static Feed feed(String webhook, String replay) {
    return new Feed(new WebhookId(webhook), replay.equals(LIVE) ? null : new ReplayId(replay));
  }

  static void put(Session session, int partition, FeedCursor cursor) throws SQLException {
    var put = session.prepared(PUT);
    put.setInt(1, partition);
    put.setString(2, cursor.feed().webhook().value());
    put.setString(3, replay(cursor.feed()));
    put.setLong(4, cursor.offset());
    put.setLong(5, cursor.done());
    put.executeUpdate();
  }

  static void delete(Session session, int partition, Feed feed) throws SQLException {
    var delete = session.prepared(DELETE);
    delete.setInt(1, partition);
    delete.setString(2, feed.webhook().value());
    delete.setString(3, replay(feed));
    delete.executeUpdate();
  }

  /** The cursors of a partition, by their feeds. */
  static List<FeedCursor> read(Session session, int partition) throws SQLException {
    var cursors = new ArrayList<FeedCursor>();
    var select = session.prepared(READ);
    select.setInt(1, partition);
    try (var row = select.executeQuery()) {
      while (row.next()) {
        cursors.add(
            new FeedCursor(
                feed(row.getString(1), row.getString(2)), row.getLong(3), row.getLong(4)));
      }
    }
    cursors.sort(Comparator.comparing(FeedCursor::feed));
    return cursors;
  }
}
