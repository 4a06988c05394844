package io.switchhook.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.company.Change;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DropOldSecretsTest {
  private static final Duration PERIOD = Duration.ofMillis(5);

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger begun = new AtomicInteger();
  private final BlockingQueue<Integer> rounds = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void roundFollowsRound() throws InterruptedException {
    try (var _ = every(DropOldSecretsTest::done)) {
      assertThat(round()).isEqualTo(1);
      assertThat(round()).isEqualTo(2);
    }
  }

  @Test
  void failedRoundIsFollowedByAnother() throws InterruptedException {
    try (var _ = every(() -> CompletableFuture.failedStage(new IllegalStateException("disk")))) {
      round();
      assertThat(round()).isEqualTo(2);
    }
  }

  @Test
  void roundThatBreaksIsFollowedByAnother() throws InterruptedException {
    try (var _ = every(DropOldSecretsTest::broken)) {
      round();
      assertThat(round()).isEqualTo(2);
    }
  }

  @Test
  void roundThatTakesLongIsNotJoinedByAnotherAndClosingWaitsForIt() throws InterruptedException {
    var slow = new CompletableFuture<Change<Integer>>();
    var dropping = every(() -> slow);
    round();
    var closing = Thread.ofVirtual().start(dropping::close);
    assertThat(closing.join(Duration.ofMillis(100))).isFalse();
    assertThat(begun.get()).isEqualTo(1);

    slow.complete(new Change.Done<>(1));

    assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
    dropping.close();
  }

  private DropOldSecrets every(Supplier<CompletionStage<Change<Integer>>> drop) {
    return DropOldSecrets.every(
        PERIOD,
        vertx,
        () -> {
          rounds.add(begun.incrementAndGet());
          return drop.get();
        });
  }

  private int round() throws InterruptedException {
    var number = rounds.poll(10, TimeUnit.SECONDS);
    assertThat(number).as("a round within 10 s").isNotNull();
    return number;
  }

  private static CompletionStage<Change<Integer>> done() {
    return CompletableFuture.completedStage(new Change.Done<>(0));
  }

  private static CompletionStage<Change<Integer>> broken() {
    throw new IllegalStateException("a mistake");
  }
}
