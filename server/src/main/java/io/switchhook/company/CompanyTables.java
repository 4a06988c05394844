package io.switchhook.company;

import io.switchhook.sqlite.Schema;
import java.util.List;

/** The tables of companies, keys, webhooks and of what was changed in {@code state.db}. */
final class CompanyTables {
  static final Schema SCHEMA =
      new Schema(
          "company",
          List.of(
              """
              CREATE TABLE company (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL UNIQUE,
                partitions TEXT NOT NULL,
                after_call_logs INTEGER NOT NULL,
                created_at INTEGER NOT NULL
              ) STRICT;
              CREATE TABLE api_key (
                id TEXT PRIMARY KEY,
                company TEXT REFERENCES company(id),
                name TEXT NOT NULL,
                hash BLOB NOT NULL,
                created_at INTEGER NOT NULL
              ) STRICT;
              CREATE TABLE webhook (
                id TEXT PRIMARY KEY,
                company TEXT NOT NULL REFERENCES company(id),
                settings TEXT NOT NULL,
                timeout_ms INTEGER NOT NULL,
                secrets BLOB NOT NULL,
                revision INTEGER NOT NULL,
                disabled_reason TEXT,
                created_at INTEGER NOT NULL,
                changed_at INTEGER NOT NULL
              ) STRICT;
              CREATE TABLE webhook_version (
                webhook TEXT NOT NULL REFERENCES webhook(id) ON DELETE CASCADE,
                number INTEGER NOT NULL,
                trigger_word TEXT NOT NULL,
                conditions TEXT NOT NULL,
                enabled INTEGER NOT NULL,
                first_offsets TEXT NOT NULL,
                PRIMARY KEY (webhook, number)
              ) STRICT;
              """,
              """
              ALTER TABLE api_key ADD COLUMN may_start_calls INTEGER NOT NULL DEFAULT 0;
              """,
              """
              ALTER TABLE webhook ADD COLUMN disabled_at INTEGER;
              UPDATE webhook SET disabled_at = changed_at WHERE disabled_reason IS NOT NULL;
              """,
              """
              ALTER TABLE api_key ADD COLUMN last_used_at INTEGER; -- ms since 1970, now and then
              CREATE TABLE audit (
                no INTEGER PRIMARY KEY AUTOINCREMENT,
                at INTEGER NOT NULL,
                by_key TEXT,
                by_name TEXT NOT NULL,
                via TEXT NOT NULL,
                what TEXT NOT NULL,
                company TEXT,
                subject TEXT NOT NULL,
                name TEXT NOT NULL,
                details TEXT NOT NULL
              ) STRICT;
              CREATE INDEX audit_by_company ON audit (company, no);
              """));

  private CompanyTables() {}
}
