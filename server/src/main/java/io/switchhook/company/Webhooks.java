package io.switchhook.company;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchhook.company.Audit.What;
import io.switchhook.company.WebhookChanges.Step;
import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.routing.VersionFence;
import io.switchhook.routing.WebhookCatalog;
import io.switchhook.sqlite.Database;
import io.switchhook.webhook.Webhook;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * All webhooks: in memory to look at, in {@code state.db} to keep. Changes are carried out one
 * after the other, and each takes hold for routing between two events. Methods may be called from
 * any thread and do not block, but for {@link #open}.
 */
public final class Webhooks {
  /** More webhooks of one company are refused. */
  public static final int COUNT_MAX = 500;

  /** How long a signing secret that was rotated out still signs beside the new one. */
  public static final Duration OLD_SECRET_KEPT = Duration.ofHours(24);

  /** The reason of a webhook that a person has disabled. */
  public static final String DISABLED_BY_HAND = "disabled by hand";

  /** The most signing secrets that sign at once: rotating faster ends the oldest early. */
  static final int SECRETS_MAX = 5;

  private final Setup setup;
  private final WebhookRows rows;
  private final WebhookFence fence = new WebhookFence();
  private final OneByOne changes = new OneByOne();
  private volatile Map<WebhookId, StoredWebhook> all;

  /**
   * What webhooks are kept with.
   *
   * @param policy says where a webhook may point
   * @param defaultTimeout of webhooks that name none
   */
  public record Setup(
      Database database,
      SecretBox box,
      Companies companies,
      TargetPolicy policy,
      Duration defaultTimeout,
      InstantSource clock,
      SecureRandom random) {}

  private Webhooks(Setup setup) {
    this.setup = setup;
    this.rows = new WebhookRows(setup.box());
    this.all = setup.database().read(rows::readAll);
  }

  /**
   * Reads the webhooks. {@link #changeThrough} must be called before the first change.
   *
   * @throws io.switchhook.sqlite.DatabaseException when the store fails
   * @throws UnreadableSecretException when the secret key is not the one they were stored with
   */
  public static Webhooks open(Setup setup) {
    setup.database().install(CompanyTables.SCHEMA);
    return new Webhooks(setup);
  }

  /** Names the fence through which changes take hold. Called once, when routing has started. */
  public void changeThrough(VersionFence port) {
    fence.open(port);
  }

  /** All webhooks with their versions, as they are now. */
  public WebhookCatalog catalog() {
    return catalogOf(all);
  }

  /** A company's webhooks, oldest first. */
  public List<Webhook> list(CompanyId company) {
    return all.values().stream()
        .map(StoredWebhook::webhook)
        .filter(webhook -> webhook.company().equals(company))
        .toList();
  }

  /** A company's webhook; that of another company is not found. */
  public Optional<Webhook> find(CompanyId company, WebhookId id) {
    return Optional.ofNullable(all.get(id))
        .map(StoredWebhook::webhook)
        .filter(webhook -> webhook.company().equals(company));
  }

  /** What the JSON says of a new webhook, or of the next revision of this one; keeps nothing. */
  public WebhookDraft draft(@Nullable Webhook old, JsonNode json) {
    return WebhookDraft.read(old, json, setup);
  }

  /** Makes a webhook, enabled, from the JSON that people write. */
  public CompletionStage<Change<ChangedWebhook>> create(CompanyId company, JsonNode json) {
    var by = Author.current();
    return changes.run(
        () ->
            list(company).size() >= COUNT_MAX
                ? OneByOne.conflict(
                    "there are " + COUNT_MAX + " webhooks already, which is the most")
                : read(
                    KeptSecrets.NONE,
                    json,
                    read -> store(added(company, read, by), read.newSecret())));
  }

  /** Which webhook is meant, and which revision of it; null for any. */
  public record Which(CompanyId company, WebhookId id, @Nullable Long revision) {}

  /** Changes a webhook to what the JSON says; marks stand for the secrets that it has. */
  public CompletionStage<Change<ChangedWebhook>> update(Which which, JsonNode json) {
    var by = Author.current();
    return changing(
        which,
        old -> {
          var kept = KeptSecrets.of(old.webhook().settings().request());
          var state = json.path("state");
          if (state.isTextual()
              && old.webhook().isEnabled() != state.textValue().equals("enabled")) {
            return OneByOne.refused(
                List.of(new FieldMistake("state", "is changed by POST …/enable and …/disable")));
          }
          return read(
              kept,
              json,
              read -> {
                var next = old.changed(read.settings(), old.webhook().disabledReason(), now());
                var step =
                    new Step(next, WebhookChanges.settings(by, old.webhook(), next.webhook()));
                return old.isRoutedAsBy(read.settings())
                    ? storeInPlace(step, read.newSecret())
                    : store(step, read.newSecret());
              });
        });
  }

  /** Removes a webhook with its versions. What is in flight ends; nothing more starts. */
  public CompletionStage<Change<Webhook>> remove(Which which) {
    var by = Author.current();
    return changing(
        which,
        old -> {
          var note = WebhookChanges.note(by, What.WEBHOOK_REMOVED, old.webhook(), "");
          var without = new LinkedHashMap<>(all);
          without.remove(which.id());
          return fence
              .change(
                  partitions(old.webhook()),
                  catalog(),
                  _ ->
                      setup
                          .database()
                          .submit(
                              Audit.noted(now(), note, session -> rows.delete(session, which.id())))
                          .thenApply(
                              _ -> {
                                all = without;
                                return catalogOf(without);
                              }))
              .thenApply(_ -> new Change.Done<>(old.webhook()));
        });
  }

  /** Lets events be told again; one that is enabled stays so. */
  public CompletionStage<Change<ChangedWebhook>> enable(Which which) {
    var by = Author.current();
    return changing(which, old -> old.webhook().isEnabled() ? done(old) : moved(old, null, by));
  }

  /** Stops telling events; they are recorded as given up from then on. */
  public CompletionStage<Change<ChangedWebhook>> disable(Which which) {
    var by = Author.current();
    return changing(which, old -> disabled(old, DISABLED_BY_HAND, by));
  }

  /**
   * The same for the engine, when a receiver says that it is gone. One that is deleted stays so.
   */
  public CompletionStage<Change<ChangedWebhook>> disable(WebhookId id, String reason) {
    return changes.run(
        () -> {
          var old = all.get(id);
          return old == null ? OneByOne.notFound() : disabled(old, reason, Author.SERVER);
        });
  }

  /** Makes a new signing secret; the ones before sign for 24 h beside it. */
  public CompletionStage<Change<ChangedWebhook>> rotateSecret(Which which) {
    var by = Author.current();
    return changing(
        which,
        old -> {
          if (old.secrets().isEmpty()) {
            return OneByOne.conflict("signing is off; PUT the webhook with signing to turn it on");
          }
          var secret = SigningSecrets.make(setup.random());
          var note = WebhookChanges.note(by, What.SECRET_ROTATED, old.webhook(), "");
          return storeInPlace(new Step(old.rotated(secret, now()), note), secret);
        });
  }

  /**
   * Drops the signing secrets whose time is over. To be called now and then, once in a few minutes;
   * the revision goes up, as with every change.
   */
  public CompletionStage<Change<Integer>> dropOldSecrets() {
    return changes.run(
        () -> {
          var now = now();
          CompletionStage<Integer> dropped = CompletableFuture.completedStage(0);
          for (var stored : all.values()) {
            if (stored.secretsAt(now).size() < stored.secrets().size()) {
              var next = stored.withoutOldSecrets(now);
              dropped =
                  dropped.thenCompose(
                      count -> storeInPlace(new Step(next, null), null).thenApply(_ -> count + 1));
            }
          }
          return dropped.thenApply(Change.Done::new);
        });
  }

  /**
   * Drops versions that decided only about events that are not kept any more. To be called when the
   * journal has let a day go.
   *
   * @param oldest the oldest offset that is kept, by partition; it never goes back
   */
  public CompletionStage<Change<Integer>> dropOldVersions(IntToLongFunction oldest) {
    return changes.run(
        () -> {
          var shorter =
              all.values().stream()
                  .map(stored -> stored.keptFrom(oldest))
                  .filter(stored -> !stored.equals(all.get(stored.webhook().id())))
                  .toList();
          CompletionStage<Change<Integer>> none =
              CompletableFuture.completedStage(new Change.Done<>(0));
          return shorter.isEmpty()
              ? none
              : storeVersions(shorter)
                  .thenCompose(fence::show)
                  .thenApply(_ -> new Change.Done<>(shorter.size()));
        });
  }

  private CompletionStage<WebhookCatalog> storeVersions(List<StoredWebhook> shorter) {
    return setup
        .database()
        .submit(
            session -> {
              for (var stored : shorter) {
                rows.putVersions(session, stored);
              }
              return shorter;
            })
        .thenApply(
            _ -> {
              var webhooks = new LinkedHashMap<>(all);
              shorter.forEach(stored -> webhooks.put(stored.webhook().id(), stored));
              all = webhooks;
              return catalogOf(webhooks);
            });
  }

  /** What is done with a webhook that was found. */
  private interface Changing<T> {
    CompletionStage<Change<T>> from(StoredWebhook old);
  }

  /** What is done with settings that were read. */
  private interface Storing {
    CompletionStage<Change<ChangedWebhook>> of(WebhookReader.Read.Settings read);
  }

  private <T> CompletionStage<Change<T>> changing(Which which, Changing<T> change) {
    return changes.run(
        () -> {
          var old = all.get(which.id());
          if (old == null || !old.webhook().company().equals(which.company())) {
            return OneByOne.notFound();
          }
          long revision = old.webhook().revision();
          return which.revision() == null || which.revision() == revision
              ? change.from(old)
              : CompletableFuture.completedStage(new Change.Stale<>(revision));
        });
  }

  private CompletionStage<Change<ChangedWebhook>> read(
      KeptSecrets kept, JsonNode json, Storing storing) {
    var reader =
        new WebhookReader(kept, setup.defaultTimeout(), () -> SigningSecrets.make(setup.random()));
    return switch (reader.read(json)) {
      case WebhookReader.Read.Mistakes(var mistakes) -> OneByOne.refused(mistakes);
      case WebhookReader.Read.Settings read -> {
        URI target = read.settings().request().targetUrl();
        yield setup
            .policy()
            .objectionTo(target)
            .thenCompose(
                objection ->
                    objection.isPresent()
                        ? OneByOne.refused(List.of(new FieldMistake("target_url", objection.get())))
                        : storing.of(read));
      }
    };
  }

  private Step added(CompanyId company, WebhookReader.Read.Settings read, Author by) {
    var now = now();
    var webhook = new Webhook(newId(), company, read.settings(), 1, null, now, now);
    return new Step(
        new StoredWebhook(webhook, List.of(), Map.of()),
        WebhookChanges.settings(by, null, webhook));
  }

  private CompletionStage<Change<ChangedWebhook>> disabled(
      StoredWebhook old, String reason, Author by) {
    return old.webhook().isEnabled() ? moved(old, reason, by) : done(old);
  }

  private CompletionStage<Change<ChangedWebhook>> moved(
      StoredWebhook old, @Nullable String disabledReason, Author by) {
    var next = old.changed(old.webhook().settings(), disabledReason, now());
    return store(new Step(next, WebhookChanges.state(by, next.webhook())), null);
  }

  /** Stores what routes events otherwise than before: between two events. */
  private CompletionStage<Change<ChangedWebhook>> store(Step step, @Nullable String newSecret) {
    var webhook = step.next().webhook();
    return fence
        .change(partitions(webhook), catalog(), offsets -> written(step.routedFrom(offsets)))
        .thenApply(_ -> new Change.Done<>(new ChangedWebhook(webhook, newSecret)));
  }

  /** Stores what routes events as before. */
  private CompletionStage<Change<ChangedWebhook>> storeInPlace(
      Step step, @Nullable String newSecret) {
    return written(step)
        .thenCompose(fence::show)
        .thenApply(_ -> new Change.Done<>(new ChangedWebhook(step.next().webhook(), newSecret)));
  }

  private CompletionStage<WebhookCatalog> written(Step step) {
    return setup
        .database()
        .submit(Audit.noted(now(), step.note(), session -> rows.put(session, step.next())))
        .thenApply(
            stored -> {
              var webhooks = new LinkedHashMap<>(all);
              webhooks.put(stored.webhook().id(), stored);
              all = webhooks;
              return catalogOf(webhooks);
            });
  }

  private static CompletionStage<Change<ChangedWebhook>> done(StoredWebhook unchanged) {
    return CompletableFuture.completedStage(
        new Change.Done<>(new ChangedWebhook(unchanged.webhook(), null)));
  }

  private List<Integer> partitions(Webhook webhook) {
    return setup.companies().find(webhook.company()).orElseThrow().partitions().partitions();
  }

  private WebhookId newId() {
    return new WebhookId(String.format("wh_%016x", setup.random().nextLong()));
  }

  private Instant now() {
    return Times.now(setup.clock());
  }

  private static WebhookCatalog catalogOf(Map<WebhookId, StoredWebhook> webhooks) {
    return new WebhookCatalog(webhooks.values().stream().map(StoredWebhook::entry).toList());
  }
}
