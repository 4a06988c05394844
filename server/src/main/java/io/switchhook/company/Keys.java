package io.switchhook.company;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchhook.event.Bytes;
import io.switchhook.event.CompanyId;
import io.switchhook.sqlite.Database;
import io.switchhook.sqlite.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All API keys: hashes in memory to compare with, and in {@code state.db} to keep. Methods may be
 * called from any thread; they do not block where not said otherwise.
 */
public final class Keys {
  /** The shortest admin key that the environment may set. */
  public static final int ENVIRONMENT_KEY_LENGTH_MIN = 32;

  /** The environment variable that sets an admin key. */
  public static final String ENVIRONMENT_KEY_VARIABLE = "SWITCHHOOK_ADMIN_KEY";

  /** More keys of one company, or of the installation, are refused. */
  public static final int COUNT_MAX = 1_000;

  /** When a key was used last is known to this. */
  public static final Duration USE_GRAIN = Duration.ofMinutes(5);

  private static final int NAME_LENGTH_MAX = 100;

  private final Database database;
  private final InstantSource clock;
  private final SecureRandom random;
  private final OneByOne changes = new OneByOne();
  private volatile Map<String, Stored> all;
  private volatile byte @Nullable [] environmentHash;

  /** When keys were used last, in ms since 1970, by their ids. */
  private final Map<String, Long> lastUsed = new ConcurrentHashMap<>();

  private record Stored(ApiKey key, Bytes hash) {}

  /** What a new key shall be. */
  private record Asked(String name, boolean mayStartCalls) {}

  private Keys(Database database, InstantSource clock, SecureRandom random) {
    this.database = database;
    this.clock = clock;
    this.random = random;
    this.all = database.read(Keys::readAll);
    this.lastUsed.putAll(database.read(Keys::readLastUsed));
  }

  /**
   * Reads the keys.
   *
   * @throws io.switchhook.sqlite.DatabaseException when the store fails
   */
  public static Keys open(Database database, InstantSource clock, SecureRandom random) {
    database.install(CompanyTables.SCHEMA);
    return new Keys(database, clock, random);
  }

  /**
   * Lets this text be an admin key for as long as the process runs; it is not stored.
   *
   * @throws IllegalArgumentException when it has fewer than 32 characters
   */
  public void acceptFromEnvironment(String text) {
    if (text.length() < ENVIRONMENT_KEY_LENGTH_MIN) {
      throw new IllegalArgumentException(
          ENVIRONMENT_KEY_VARIABLE
              + " must have at least "
              + ENVIRONMENT_KEY_LENGTH_MIN
              + " characters; it has "
              + text.length());
    }
    environmentHash = KeyText.hash(text);
  }

  /**
   * On the first start, when neither the store nor the environment has an admin key: makes one and
   * writes it to {@code admin.key} in the data folder. Empty when there is one already. Waits until
   * it is durable.
   */
  public Optional<NewKey> makeFirstAdminKey(Path data) throws IOException {
    boolean hasAdmin =
        environmentHash != null || all.values().stream().anyMatch(it -> it.key().isAdmin());
    if (hasAdmin) {
      return Optional.empty();
    }
    var text = newText();
    // The file first: were it the other way round, a crash between would leave a key that nobody
    // knows.
    KeyFile.write(data.resolve(KeyFile.ADMIN_KEY), text + "\n");
    var key = keyOf(text, null, new Asked("first start", /* mayStartCalls= */ true));
    var stored = new Stored(key, Bytes.wrap(KeyText.hash(text)));
    database.writeNow(session -> insert(session, stored, Author.SERVER));
    put(stored);
    return Optional.of(new NewKey(key, text));
  }

  /** Who holds this key; empty when it is none of ours. Takes the same time for every wrong one. */
  public Optional<Caller> callerWith(String text) {
    return callerOf(proof(text));
  }

  /** What is to be kept of a key that was shown; whether it is one of ours is not looked at. */
  public static KeyProof proof(String text) {
    return new KeyProof(KeyText.idOf(text).orElse(null), Bytes.wrap(KeyText.hash(text)));
  }

  /** Who holds the key that was shown; empty when it is none of ours, or was revoked since. */
  public Optional<Caller> callerOf(KeyProof proof) {
    var hash = proof.hash().array();
    var fromEnvironment = environmentHash;
    if (fromEnvironment != null && MessageDigest.isEqual(fromEnvironment, hash)) {
      return Optional.of(new Caller.Admin());
    }
    return Optional.ofNullable(proof.keyId())
        .flatMap(id -> Optional.ofNullable(all.get(id)))
        .filter(stored -> MessageDigest.isEqual(stored.hash().array(), hash))
        .map(
            stored -> {
              noteUse(stored.key().id());
              return stored.key().company() == null
                  ? new Caller.Admin()
                  : new Caller.OfCompany(stored.key().company(), stored.key().mayStartCalls());
            });
  }

  /** What is written down of the holder of a key that was shown, when they change something. */
  public Author authorOf(KeyProof proof, String via) {
    return Optional.ofNullable(proof.keyId())
        .flatMap(id -> Optional.ofNullable(all.get(id)))
        .map(stored -> new Author(stored.key().id(), stored.key().name(), via))
        .orElseGet(() -> new Author(null, ENVIRONMENT_KEY_VARIABLE, via));
  }

  /** When a key was used last, to {@link #USE_GRAIN}; empty when it never was. */
  public Optional<Instant> lastUsed(String id) {
    return Optional.ofNullable(lastUsed.get(id)).map(Instant::ofEpochMilli);
  }

  /** Most uses are no news; what is news is stored in its own time. */
  private void noteUse(String id) {
    long now = clock.millis();
    var before = lastUsed.get(id);
    if (before != null && now - before < USE_GRAIN.toMillis()) {
      return;
    }
    lastUsed.put(id, now);
    var _ =
        database.submit(
            session -> {
              var update = session.prepared("UPDATE api_key SET last_used_at = ? WHERE id = ?");
              update.setLong(1, now);
              update.setString(2, id);
              return update.executeUpdate();
            });
  }

  /** The keys of a company, or with null those of the installation; oldest first. */
  public List<ApiKey> list(@Nullable CompanyId company) {
    return all.values().stream()
        .map(Stored::key)
        .filter(key -> Objects.equals(key.company(), company))
        .toList();
  }

  /**
   * Makes a key from {@code {"name", "may_start_calls"}}.
   *
   * @param company whose key it is; null for an admin key
   */
  public CompletionStage<Change<NewKey>> add(@Nullable CompanyId company, JsonNode json) {
    var mistakes = new ArrayList<FieldMistake>();
    var reader = new ObjectReader(json, "", mistakes);
    var name = reader.text("name", NAME_LENGTH_MAX);
    var mayStartCalls = reader.truth("may_start_calls");
    reader.refuseOthers();
    var asked = new Asked(name.orElse(""), mayStartCalls.orElse(company == null));
    var author = Author.current();
    return mistakes.isEmpty()
        ? changes.run(() -> store(company, asked, author))
        : OneByOne.refused(mistakes);
  }

  /** Takes a key out of use, at once. */
  public CompletionStage<Change<ApiKey>> revoke(@Nullable CompanyId company, String id) {
    var author = Author.current();
    return changes.run(
        () -> {
          var stored = all.get(id);
          if (stored == null || !Objects.equals(stored.key().company(), company)) {
            return OneByOne.notFound();
          }
          return database
              .submit(session -> delete(session, stored.key(), author))
              .thenApply(
                  _ -> {
                    var keys = new LinkedHashMap<>(all);
                    keys.remove(id);
                    all = keys;
                    lastUsed.remove(id);
                    return new Change.Done<>(stored.key());
                  });
        });
  }

  private CompletionStage<Change<NewKey>> store(
      @Nullable CompanyId company, Asked asked, Author author) {
    if (list(company).size() >= COUNT_MAX) {
      return OneByOne.conflict("there are " + COUNT_MAX + " keys already; revoke some");
    }
    var text = newText();
    var key = keyOf(text, company, asked);
    var stored = new Stored(key, Bytes.wrap(KeyText.hash(text)));
    return database
        .submit(session -> insert(session, stored, author))
        .thenApply(
            _ -> {
              put(stored);
              return new Change.Done<>(new NewKey(key, text));
            });
  }

  private String newText() {
    var text = KeyText.make(random);
    return all.containsKey(KeyText.idOf(text).orElseThrow()) ? newText() : text;
  }

  private ApiKey keyOf(String text, @Nullable CompanyId company, Asked asked) {
    return new ApiKey(
        KeyText.idOf(text).orElseThrow(),
        company,
        asked.name(),
        company == null || asked.mayStartCalls(),
        Times.now(clock));
  }

  private void put(Stored stored) {
    var keys = new LinkedHashMap<>(all);
    keys.put(stored.key().id(), stored);
    all = keys;
  }

  private int delete(Session session, ApiKey key, Author author) throws SQLException {
    Audit.write(session, Times.now(clock), note(key, author, Audit.What.KEY_REVOKED));
    var statement = session.prepared("DELETE FROM api_key WHERE id = ?");
    statement.setString(1, key.id());
    return statement.executeUpdate();
  }

  private static Audit.Note note(ApiKey key, Author author, Audit.What what) {
    return new Audit.Note(
        author,
        what,
        key.company(),
        key.id(),
        key.name(),
        key.company() != null && key.mayStartCalls() ? "may start calls" : "");
  }

  private static Stored insert(Session session, Stored stored, Author author) throws SQLException {
    Audit.write(session, stored.key().createdAt(), note(stored.key(), author, Audit.What.KEY_MADE));
    var statement =
        session.prepared(
            "INSERT INTO api_key (id, company, name, hash, created_at, may_start_calls)"
                + " VALUES (?, ?, ?, ?, ?, ?)");
    var key = stored.key();
    statement.setString(1, key.id());
    statement.setString(2, key.company() == null ? null : key.company().hex());
    statement.setString(3, key.name());
    statement.setBytes(4, stored.hash().array());
    statement.setLong(5, key.createdAt().toEpochMilli());
    statement.setBoolean(6, key.mayStartCalls());
    statement.executeUpdate();
    return stored;
  }

  private static Map<String, Long> readLastUsed(Session session) throws SQLException {
    var used = new HashMap<String, Long>();
    try (var rows =
        session
            .prepared("SELECT id, last_used_at FROM api_key WHERE last_used_at IS NOT NULL")
            .executeQuery()) {
      while (rows.next()) {
        used.put(rows.getString(1), rows.getLong(2));
      }
    }
    return used;
  }

  private static Map<String, Stored> readAll(Session session) throws SQLException {
    var keys = new LinkedHashMap<String, Stored>();
    try (var rows =
        session
            .prepared(
                "SELECT id, company, name, hash, created_at, may_start_calls FROM api_key"
                    + " ORDER BY created_at, rowid")
            .executeQuery()) {
      while (rows.next()) {
        var company = rows.getString(2);
        var key =
            new ApiKey(
                rows.getString(1),
                company == null ? null : new CompanyId(company),
                rows.getString(3),
                company == null || rows.getBoolean(6),
                Instant.ofEpochMilli(rows.getLong(5)));
        keys.put(key.id(), new Stored(key, Bytes.wrap(rows.getBytes(4))));
      }
    }
    return keys;
  }
}
