package io.switchhook.company;

import io.switchhook.routing.VersionFence;
import io.switchhook.routing.WebhookCatalog;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way of a change past routing: hold, store, release. */
final class WebhookFence {
  private volatile @Nullable VersionFence port;

  void open(VersionFence fence) {
    port = fence;
  }

  /**
   * Holds the partitions, stores, and releases them with the catalog that storing gave out; when
   * anything failed, with the old one.
   */
  CompletionStage<WebhookCatalog> change(
      List<Integer> partitions,
      WebhookCatalog old,
      Function<Map<Integer, Long>, CompletionStage<WebhookCatalog>> store) {
    var fence = port;
    if (fence == null) {
      return notYet();
    }
    return fence
        .hold(partitions)
        .thenCompose(store)
        .handle(
            (stored, failure) ->
                failure == null
                    ? fence.release(partitions, stored).thenApply(_ -> stored)
                    : fence
                        .release(partitions, old)
                        .<WebhookCatalog>thenCompose(_ -> CompletableFuture.failedStage(failure)))
        .thenCompose(Function.identity());
  }

  /** Puts a catalog in place whose versions are those of the one before. */
  CompletionStage<WebhookCatalog> show(WebhookCatalog catalog) {
    var fence = port;
    return fence == null ? notYet() : fence.release(List.of(), catalog).thenApply(_ -> catalog);
  }

  private static <T> CompletionStage<T> notYet() {
    return CompletableFuture.failedStage(
        new IllegalStateException("routing has not started, so no change can take hold"));
  }
}
