package io.switchhook.company;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchhook.event.CompanyId;
import io.switchhook.event.PartitionList;
import io.switchhook.sqlite.Database;
import io.switchhook.sqlite.Session;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All companies: in memory to look at, in {@code state.db} to keep. Changes are carried out one
 * after the other. Methods may be called from any thread and do not block, but for {@link #open}.
 */
public final class Companies {
  /** The company that every installation begins with. */
  public static final String DEFAULT_NAME = "default";

  /** More companies are refused. */
  public static final int COUNT_MAX = 10_000;

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,99}");
  private static final String NAME_ALLOWED =
      "must be 1 to 100 letters, digits, spaces, dots, dashes or underscores, and begin with a"
          + " letter or digit";

  private final Database database;
  private final Audit audit;
  private final InstantSource clock;
  private final SecureRandom random;
  private final OneByOne changes = new OneByOne();
  private volatile Map<CompanyId, Company> all;

  private Companies(Database database, InstantSource clock, SecureRandom random) {
    this.database = database;
    this.audit = new Audit(database);
    this.clock = clock;
    this.random = random;
    this.all = database.read(Companies::readAll);
  }

  /**
   * Reads the companies; on the first start makes the one called {@code default}.
   *
   * @throws io.switchhook.sqlite.DatabaseException when the store fails
   */
  public static Companies open(Database database, InstantSource clock, SecureRandom random) {
    database.install(CompanyTables.SCHEMA);
    var companies = new Companies(database, clock, random);
    if (companies.all.isEmpty()) {
      var company = companies.newCompany(companies.newId(), DEFAULT_NAME, false);
      database.writeNow(session -> insert(session, company));
      companies.put(company);
    }
    return companies;
  }

  /** What was changed of companies, their keys and their webhooks. */
  public Audit audit() {
    return audit;
  }

  /** All companies, oldest first. */
  public List<Company> list() {
    return List.copyOf(all.values());
  }

  /** The company with this name or this company_id; a name comes first. */
  public Optional<Company> find(String nameOrId) {
    var companies = all;
    return companies.values().stream()
        .filter(company -> company.name().equals(nameOrId))
        .findFirst()
        .or(
            () ->
                CompanyId.isValid(nameOrId)
                    ? Optional.ofNullable(companies.get(new CompanyId(nameOrId)))
                    : Optional.empty());
  }

  /** The company with this id. */
  public Optional<Company> find(CompanyId id) {
    return Optional.ofNullable(all.get(id));
  }

  /**
   * Adds a company from {@code {"name", "company_id", "after_call_logs"}}; the id is made when it
   * is absent.
   */
  public CompletionStage<Change<Company>> add(JsonNode json) {
    var mistakes = new ArrayList<FieldMistake>();
    var reader = new ObjectReader(json, "", mistakes);
    var name = reader.requiredText("name", 100);
    if (name.filter(text -> !NAME.matcher(text).matches()).isPresent()) {
      reader.refuse("name", NAME_ALLOWED);
    }
    var id = reader.text("company_id", 16);
    if (id.filter(text -> !CompanyId.isValid(text)).isPresent()) {
      reader.refuse("company_id", "must be 16 lowercase hexadecimal digits");
    }
    var afterCallLogs = reader.truth("after_call_logs");
    reader.refuseOthers();
    if (!mistakes.isEmpty()) {
      return OneByOne.refused(mistakes);
    }
    var author = Author.current();
    return changes.run(
        () ->
            store(
                newCompany(
                    id.map(CompanyId::new).orElseGet(this::newId),
                    name.orElseThrow(),
                    afterCallLogs.orElse(false)),
                author));
  }

  /** Changes a company by {@code {"after_call_logs"}}. */
  public CompletionStage<Change<Company>> change(CompanyId id, JsonNode json) {
    var mistakes = new ArrayList<FieldMistake>();
    var reader = new ObjectReader(json, "", mistakes);
    var afterCallLogs = reader.truth("after_call_logs");
    if (reader.value("after_call_logs").isEmpty()) {
      reader.refuse("after_call_logs", "is required: true or false");
    }
    reader.refuseOthers();
    if (!mistakes.isEmpty()) {
      return OneByOne.refused(mistakes);
    }
    var author = Author.current();
    return changes.run(() -> storeChange(id, afterCallLogs.orElseThrow(), author));
  }

  private CompletionStage<Change<Company>> store(Company company, Author author) {
    var companies = all;
    if (companies.containsKey(company.id())) {
      return OneByOne.conflict("a company with the company_id " + company.id() + " exists already");
    }
    if (companies.values().stream().anyMatch(other -> other.name().equals(company.name()))) {
      return OneByOne.conflict("a company with the name " + company.name() + " exists already");
    }
    if (companies.size() >= COUNT_MAX) {
      return OneByOne.conflict("there are " + COUNT_MAX + " companies already, which is the most");
    }
    return database
        .submit(
            Audit.noted(
                company.createdAt(),
                note(company, author, Audit.What.COMPANY_ADDED, ""),
                session -> insert(session, company)))
        .thenApply(
            stored -> {
              put(stored);
              return new Change.Done<>(stored);
            });
  }

  private static Audit.Note note(Company company, Author author, Audit.What what, String details) {
    return new Audit.Note(author, what, company.id(), company.id().hex(), company.name(), details);
  }

  private CompletionStage<Change<Company>> storeChange(
      CompanyId id, boolean afterCallLogs, Author author) {
    var old = all.get(id);
    if (old == null) {
      return OneByOne.notFound();
    }
    var changed =
        new Company(old.id(), old.name(), old.partitions(), afterCallLogs, old.createdAt());
    return database
        .submit(
            session -> {
              Audit.write(
                  session,
                  Times.now(clock),
                  note(
                      changed,
                      author,
                      Audit.What.COMPANY_CHANGED,
                      "after-call logs " + (afterCallLogs ? "on" : "off")));
              var statement =
                  session.prepared("UPDATE company SET after_call_logs = ? WHERE id = ?");
              statement.setBoolean(1, afterCallLogs);
              statement.setString(2, id.hex());
              return statement.executeUpdate();
            })
        .thenApply(
            _ -> {
              put(changed);
              return new Change.Done<>(changed);
            });
  }

  private Company newCompany(CompanyId id, String name, boolean afterCallLogs) {
    return new Company(id, name, PartitionList.forNewCompany(id), afterCallLogs, Times.now(clock));
  }

  private CompanyId newId() {
    return CompanyId.ofBits(random.nextLong());
  }

  /** Only ever called by the change that is under way. */
  private void put(Company company) {
    var companies = new LinkedHashMap<>(all);
    companies.put(company.id(), company);
    all = companies;
  }

  private static Company insert(Session session, Company company) throws SQLException {
    var statement =
        session.prepared(
            "INSERT INTO company (id, name, partitions, after_call_logs, created_at)"
                + " VALUES (?, ?, ?, ?, ?)");
    statement.setString(1, company.id().hex());
    statement.setString(2, company.name());
    statement.setString(
        3,
        company.partitions().partitions().stream()
            .map(String::valueOf)
            .collect(Collectors.joining(",")));
    statement.setBoolean(4, company.afterCallLogs());
    statement.setLong(5, company.createdAt().toEpochMilli());
    statement.executeUpdate();
    return company;
  }

  private static Map<CompanyId, Company> readAll(Session session) throws SQLException {
    var companies = new LinkedHashMap<CompanyId, Company>();
    try (var rows =
        session
            .prepared(
                "SELECT id, name, partitions, after_call_logs, created_at FROM company"
                    + " ORDER BY created_at, rowid")
            .executeQuery()) {
      while (rows.next()) {
        var id = new CompanyId(rows.getString(1));
        var partitions =
            new PartitionList(
                Stream.of(rows.getString(3).split(",", -1)).map(Integer::valueOf).toList());
        companies.put(
            id,
            new Company(
                id,
                rows.getString(2),
                partitions,
                rows.getBoolean(4),
                Instant.ofEpochMilli(rows.getLong(5))));
      }
    }
    return companies;
  }
}
