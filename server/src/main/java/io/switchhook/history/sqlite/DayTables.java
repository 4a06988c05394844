package io.switchhook.history.sqlite;

import io.switchhook.sqlite.Schema;
import java.util.List;

/** The tables of a day's file. */
final class DayTables {
  /*
   * Deliveries lie in the order in which they are asked for: by webhook, then by time. The happy path so costs one row and no
   * index for each delivery; the indexes hold only what is not delivered. Why it is not, stands in the table failure, one row
   * for each way to fail. Webhooks are numbered within the file; the one without an id stands for "matched no webhook".
   *
   * An attempt that delivered at once stands in its delivery's row, in the column first; all others, and those of files that
   * are older than the column, in the table attempt. Headers that come again and again stand in the table answer, once.
   *
   * A call's numbers stand in call_number behind 'f' as they are and behind 'r' backwards, so that digits from the start and
   * from the end are both found as a range. What is the end of another number of the call has no 'r' of its own: the other one
   * is found by it. Few digits fit so many calls that looking at the newest calls one by one is quicker: that is what
   * call.digits is for.
   *
   * Who had a part in a call, and what it is called elsewhere, stands in call_term: words begin with 'u' or 'r'. Of calls that
   * were written before there was this table, the last users are found, and no reference.
   */
  static final Schema SCHEMA =
      new Schema(
          "history",
          List.of(
              """
              CREATE TABLE webhook (
                no      INTEGER PRIMARY KEY,
                company INTEGER NOT NULL,
                id      TEXT NOT NULL,
                UNIQUE (company, id)
              );
              CREATE TABLE delivery (
                webhook      INTEGER NOT NULL,
                accepted_at  INTEGER NOT NULL, -- ms since 1970, as all times here
                partition    INTEGER NOT NULL,
                offset       INTEGER NOT NULL,
                uid          TEXT NOT NULL,
                sequence     INTEGER NOT NULL,
                kind         INTEGER NOT NULL,
                identity     BLOB NOT NULL,
                outcome      INTEGER NOT NULL,
                ended_at     INTEGER,
                next_at      INTEGER,
                details_lost INTEGER NOT NULL,
                PRIMARY KEY (webhook, accepted_at, partition, offset)
              ) WITHOUT ROWID;
              CREATE INDEX delivery_open ON delivery (accepted_at, partition, offset) WHERE outcome <= 2;
              CREATE INDEX delivery_not_delivered ON delivery (webhook, outcome, accepted_at, partition, offset)
                WHERE outcome <> 3;
              CREATE TABLE attempt (
                webhook     INTEGER NOT NULL,
                accepted_at INTEGER NOT NULL,
                partition   INTEGER NOT NULL,
                offset      INTEGER NOT NULL,
                started_at  INTEGER NOT NULL,
                number      INTEGER NOT NULL,
                took_us     INTEGER NOT NULL,
                status      INTEGER,
                words       TEXT NOT NULL,
                headers     TEXT NOT NULL, -- names and values, each ended by a line feed
                excerpt     BLOB NOT NULL,
                cut         INTEGER NOT NULL,
                next_at     INTEGER,
                PRIMARY KEY (webhook, accepted_at, partition, offset, started_at, number)
              ) WITHOUT ROWID;
              CREATE TABLE call (
                company     INTEGER NOT NULL,
                uid         TEXT NOT NULL,
                started_at  INTEGER NOT NULL,
                last_at     INTEGER NOT NULL,
                last_offset INTEGER NOT NULL,
                events      INTEGER NOT NULL,
                state       INTEGER,
                direction   INTEGER,
                status      TEXT,
                clid        TEXT,
                clid_raw    TEXT,
                rdnis       TEXT,
                users       TEXT NOT NULL, -- each ended by a line feed
                digits      TEXT NOT NULL, -- the customer's numbers, | before and behind each
                PRIMARY KEY (company, uid)
              ) WITHOUT ROWID;
              CREATE INDEX call_by_time ON call (company, started_at, uid);
              CREATE INDEX call_by_state ON call (company, state, started_at, uid);
              CREATE TABLE call_number (
                company INTEGER NOT NULL,
                digits  TEXT NOT NULL,
                uid     TEXT NOT NULL,
                PRIMARY KEY (company, digits, uid)
              ) WITHOUT ROWID;
              """,
              """
              CREATE TABLE last_failure (
                webhook INTEGER PRIMARY KEY,
                at      INTEGER NOT NULL,
                attempt INTEGER NOT NULL,
                status  INTEGER,
                words   TEXT NOT NULL
              );
              """,
              """
              ALTER TABLE attempt ADD COLUMN replay INTEGER NOT NULL DEFAULT 0;
              """,
              """
              CREATE TABLE failure (
                no     INTEGER PRIMARY KEY, -- 0: nothing is known of it
                status INTEGER NOT NULL,    -- 0: no status line came
                words  TEXT NOT NULL,
                UNIQUE (words, status)
              );
              INSERT INTO failure (no, status, words) VALUES (0, 0, '');
              ALTER TABLE delivery ADD COLUMN failure INTEGER;
              UPDATE delivery SET failure = 0 WHERE outcome = 2 OR outcome BETWEEN 4 AND 8;
              CREATE INDEX delivery_failure ON delivery (webhook, failure, outcome, accepted_at, partition, offset)
                WHERE failure IS NOT NULL;
              """,
              """
              ALTER TABLE call ADD COLUMN refs TEXT NOT NULL DEFAULT ''; -- each ended by a line feed
              CREATE TABLE call_term (
                company INTEGER NOT NULL,
                term    TEXT NOT NULL,
                uid     TEXT NOT NULL,
                PRIMARY KEY (company, term, uid)
              ) WITHOUT ROWID;
              INSERT OR IGNORE INTO call_term (company, term, uid)
              WITH RECURSIVE named (company, uid, name, rest) AS (
                SELECT company, uid, '', users FROM call
                UNION ALL
                SELECT company, uid, substr(rest, 1, instr(rest, char(10)) - 1), substr(rest, instr(rest, char(10)) + 1)
                FROM named WHERE rest <> ''
              )
              SELECT company, 'u' || ltrim(lower(name), '+'), uid FROM named WHERE name <> '';
              """,
              """
              CREATE TABLE answer (
                no      INTEGER PRIMARY KEY,
                headers TEXT NOT NULL UNIQUE -- as in attempt; the value of the first Date is left out
              );
              ALTER TABLE delivery ADD COLUMN first BLOB; -- see FirstAttempt
              """));

  private DayTables() {}
}
