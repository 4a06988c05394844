package io.switchhook.company;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.switchhook.event.Bytes;
import io.switchhook.sqlite.Database;
import io.switchhook.sqlite.DatabaseSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Companies, keys and webhooks over a database of their own, with a clock that tests move. */
final class Installation implements AutoCloseable, InstantSource {
  static final String FORBIDDEN_HOST = "forbidden.example.com";

  final Database database;
  final Companies companies;
  final Keys keys;
  final Webhooks webhooks;
  final FakeFence fence = new FakeFence();
  Instant now = Instant.parse("2026-01-02T03:04:05.678Z");

  Installation(Path folder) {
    this(folder, 7);
  }

  Installation(Path folder, int keyByte) {
    var random = new SecureRandom();
    database =
        Database.open(
            DatabaseSettings.of(
                folder.resolve("state.db"),
                failure -> {
                  throw new AssertionError(failure);
                }));
    companies = Companies.open(database, this, random);
    keys = Keys.open(database, this, random);
    var key = new byte[SecretBox.KEY_SIZE_BYTES];
    key[0] = (byte) keyByte;
    webhooks =
        Webhooks.open(
            new Webhooks.Setup(
                database,
                new SecretBox(Bytes.wrap(key), random),
                companies,
                url ->
                    CompletableFuture.completedStage(
                        Optional.of("is forbidden")
                            .filter(_ -> url.getHost().equals(FORBIDDEN_HOST))),
                Duration.ofMillis(500),
                this,
                random));
    webhooks.changeThrough(fence);
  }

  Company company() {
    return companies.find(Companies.DEFAULT_NAME).orElseThrow();
  }

  /** The value of a change that must be done. */
  static <T> T done(CompletionStage<Change<T>> change) {
    return switch (result(change)) {
      case Change.Done<T>(var value) -> value;
      case Change<T> other -> throw new AssertionError("not done: " + other);
    };
  }

  static <T> Change<T> result(CompletionStage<Change<T>> change) {
    return change.toCompletableFuture().orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join();
  }

  /** The mistakes of a change that must be refused, as {@code field: problem}. */
  static <T> List<String> mistakes(CompletionStage<Change<T>> change) {
    return switch (result(change)) {
      case Change.Refused<T>(var mistakes) ->
          mistakes.stream().map(it -> it.field() + ": " + it.problem()).toList();
      case Change<T> other -> throw new AssertionError("not refused: " + other);
    };
  }

  /** JSON in which single quotes stand for double ones. */
  static JsonNode json(String text) {
    try {
      return JsonMapper.builder().build().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void close() {
    database.close();
  }
}
