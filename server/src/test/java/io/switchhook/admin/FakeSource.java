package io.switchhook.admin;

import io.switchhook.source.Source;
import io.switchhook.source.SourceState;
import io.switchhook.source.SourceTest;
import io.switchhook.source.StartsCalls;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A source that hears nothing and has a problem. */
final class FakeSource implements Source, StartsCalls {
  final List<CallToStart> asked = new CopyOnWriteArrayList<>();
  volatile Outcome outcome = new Outcome.NotNow("It is fake.");

  @Override
  public CompletionStage<Outcome> startCall(CallToStart call) {
    asked.add(call);
    return CompletableFuture.completedStage(outcome);
  }

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
