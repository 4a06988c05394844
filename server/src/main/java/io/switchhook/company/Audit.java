package io.switchhook.company;

import io.switchhook.event.CompanyId;
import io.switchhook.sqlite.Database;
import io.switchhook.sqlite.Session;
import io.switchhook.sqlite.Write;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was changed by which key. An entry is written in the transaction of the change that it tells
 * of, so there is none without the other. Methods may be called from any thread and wait for the
 * store.
 */
public final class Audit {
  /** The oldest entries go when there are more. */
  public static final int KEPT_MAX = 100_000;

  /** The most entries that are read at once. */
  public static final int PAGE_MAX = 200;

  private final Database database;

  /** What was done. */
  public enum What {
    COMPANY_ADDED("company.added"),
    COMPANY_CHANGED("company.changed"),
    KEY_MADE("key.made"),
    KEY_REVOKED("key.revoked"),
    WEBHOOK_ADDED("webhook.added"),
    WEBHOOK_CHANGED("webhook.changed"),
    WEBHOOK_ENABLED("webhook.enabled"),
    WEBHOOK_DISABLED("webhook.disabled"),
    WEBHOOK_REMOVED("webhook.removed"),
    SECRET_ROTATED("webhook.secret_rotated");

    private final String word;

    What(String word) {
      this.word = word;
    }

    /** As it is stored and stands in addresses. */
    public String word() {
      return word;
    }

    /** What a word means; empty when it means nothing. */
    public static Optional<What> of(String word) {
      return Arrays.stream(values()).filter(it -> it.word.equals(word)).findFirst();
    }
  }

  /**
   * What a change says of itself.
   *
   * @param company whose thing it is; null for the installation's
   * @param subject id of what was changed
   * @param name of what was changed, as people call it; may be empty
   * @param details in words, without secrets; may be empty
   */
  record Note(
      Author by,
      What what,
      @Nullable CompanyId company,
      String subject,
      String name,
      String details) {}

  /**
   * One change.
   *
   * @param number goes up by one with each
   * @param company whose thing was changed; null for the installation's
   * @param subject id of what was changed
   * @param name of what was changed, at that time; may be empty
   * @param details in words; may be empty
   */
  public record Entry(
      long number,
      Instant at,
      Author by,
      What what,
      @Nullable CompanyId company,
      String subject,
      String name,
      String details) {}

  /**
   * Which entries are wanted, the newest first.
   *
   * @param company whose changes
   * @param withInstallation true for those of the installation, too
   * @param keyId by this key alone; null for all
   * @param what only these; null for all
   * @param before only those with a lower number
   */
  public record Query(
      CompanyId company,
      boolean withInstallation,
      @Nullable String keyId,
      @Nullable What what,
      long before,
      int limit) {
    public Query {
      if (limit < 1 || limit > PAGE_MAX) {
        throw new IllegalArgumentException("1 to " + PAGE_MAX + " entries are read: " + limit);
      }
    }
  }

  /** What was written into this file, which has the tables. */
  Audit(Database database) {
    this.database = database;
  }

  /** Reads entries. */
  public List<Entry> read(Query query) {
    return database.read(session -> read(session, query));
  }

  private static List<Entry> read(Session session, Query query) throws SQLException {
    var select =
        session.prepared(
            """
            SELECT no, at, by_key, by_name, via, what, company, subject, name, details FROM audit
            WHERE no < ? AND (company = ? OR (company IS NULL AND ?))
              AND (? IS NULL OR by_key = ?) AND (? IS NULL OR what = ?)
            ORDER BY no DESC LIMIT ?
            """);
    var what = query.what() == null ? null : query.what().word();
    select.setLong(1, query.before());
    select.setString(2, query.company().hex());
    select.setBoolean(3, query.withInstallation());
    select.setString(4, query.keyId());
    select.setString(5, query.keyId());
    select.setString(6, what);
    select.setString(7, what);
    select.setInt(8, query.limit());
    var entries = new ArrayList<Entry>();
    try (var rows = select.executeQuery()) {
      while (rows.next()) {
        entries.add(entry(rows));
      }
    }
    return entries;
  }

  private static Entry entry(ResultSet row) throws SQLException {
    var company = row.getString("company");
    var word = row.getString("what");
    return new Entry(
        row.getLong("no"),
        Instant.ofEpochMilli(row.getLong("at")),
        new Author(row.getString("by_key"), row.getString("by_name"), row.getString("via")),
        What.of(word).orElseThrow(() -> new SQLException("unknown entry " + word)),
        company == null ? null : new CompanyId(company),
        row.getString("subject"),
        row.getString("name"),
        row.getString("details"));
  }

  /** A change that writes its entry with it; null for none. */
  static <T extends @Nullable Object> Write<T> noted(
      Instant at, @Nullable Note note, Write<T> change) {
    return session -> {
      if (note != null) {
        write(session, at, note);
      }
      return change.carryOut(session);
    };
  }

  /** Writes an entry within the transaction of its change. */
  static void write(Session session, Instant at, Note note) throws SQLException {
    var insert =
        session.prepared(
            "INSERT INTO audit (at, by_key, by_name, via, what, company, subject, name, details)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.setLong(1, at.toEpochMilli());
    insert.setString(2, note.by().keyId());
    insert.setString(3, note.by().name());
    insert.setString(4, note.by().via());
    insert.setString(5, note.what().word());
    insert.setString(6, note.company() == null ? null : note.company().hex());
    insert.setString(7, note.subject());
    insert.setString(8, note.name());
    insert.setString(9, note.details());
    insert.executeUpdate();
    var delete = session.prepared("DELETE FROM audit WHERE no <= (SELECT MAX(no) FROM audit) - ?");
    delete.setInt(1, KEPT_MAX);
    delete.executeUpdate();
  }
}
