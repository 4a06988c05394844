package io.switchhook.admin;

import io.switchhook.source.SeenChannel;
import io.switchhook.source.SeesChannels;
import io.switchhook.source.Source;
import io.switchhook.source.SourceState;
import io.switchhook.source.SourceTest;
import io.switchhook.source.StartsCalls;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A source that hears nothing any more and has a problem. */
final class FakeSource implements Source, SeesChannels, StartsCalls {
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
  public Seen seenChannels() {
    return new Seen(
        List.of(
            seen("PJSIP/101-1", SeenChannel.Understood.USER, "the user 101, by channel"),
            seen("PJSIP/fax-2", SeenChannel.Understood.IGNORED, "neither")),
        Map.of("rare", 1L, "neither", 7L));
  }

  private static SeenChannel seen(String name, SeenChannel.Understood understood, String why) {
    return new SeenChannel(RunningApi.NOW, name, "id of " + name, understood, why);
  }

  @Override
  public void close() {}
}
