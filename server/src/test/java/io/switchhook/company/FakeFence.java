package io.switchhook.company;

import io.switchhook.routing.VersionFence;
import io.switchhook.routing.WebhookCatalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A routing stage that has routed every partition up to {@link #nextOffset}. */
final class FakeFence implements VersionFence {
  final List<List<Integer>> held = new ArrayList<>();
  final List<List<Integer>> released = new ArrayList<>();
  long nextOffset = 100;
  WebhookCatalog catalog = new WebhookCatalog(List.of());

  @Override
  public CompletionStage<Map<Integer, Long>> hold(List<Integer> partitions) {
    held.add(partitions);
    var offsets = new HashMap<Integer, Long>();
    partitions.forEach(partition -> offsets.put(partition, nextOffset));
    return CompletableFuture.completedStage(offsets);
  }

  @Override
  public CompletionStage<Void> release(List<Integer> partitions, WebhookCatalog newCatalog) {
    released.add(partitions);
    catalog = newCatalog;
    return CompletableFuture.completedStage(null);
  }
}
