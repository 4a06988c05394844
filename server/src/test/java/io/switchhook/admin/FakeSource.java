package io.switchhook.admin;

import io.switchhook.source.Source;
import io.switchhook.source.SourceState;
import io.switchhook.source.SourceTest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A source that hears nothing and has a problem. */
final class FakeSource implements Source {
  @Override
  public void start() {}

  @Override
  public SourceState state() {
    return new SourceState(
        SourceState.Hearing.DEAF, RunningApi.NOW, null, List.of("The cable is out."));
  }

  @Override
  public CompletionStage<SourceTest> test() {
    return CompletableFuture.completedStage(
        SourceTest.of(
            List.of(new SourceTest.Finding(SourceTest.Weight.WRONG, "The cable is out."))));
  }

  @Override
  public void close() {}
}
