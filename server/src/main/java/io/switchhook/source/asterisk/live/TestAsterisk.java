package io.switchhook.source.asterisk.live;

import io.switchhook.source.SourceTest;
import io.switchhook.source.SourceTest.Finding;
import io.switchhook.source.SourceTest.Weight;
import io.switchhook.source.asterisk.line.AmiLine;
import io.switchhook.source.asterisk.line.LineSettings;
import io.switchhook.source.asterisk.line.TryLine;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tries a source of type asterisk: a login of its own, and what the line has shown so far. */
final class TestAsterisk {
  private TestAsterisk() {}

  static CompletionStage<SourceTest> run(
      AmiLine line, LineSettings settings, AmiLine.Wants wants, Trial trial) {
    var done = new CompletableFuture<SourceTest>();
    Thread.ofVirtual()
        .name("test " + trial.source())
        .start(
            () -> {
              try {
                var found = new ArrayList<>(TryLine.run(settings, wants, line));
                trial.problems().forEach(words -> found.add(new Finding(Weight.WARNING, words)));
                done.complete(SourceTest.of(found));
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                done.complete(
                    SourceTest.of(List.of(new Finding(Weight.WRONG, "The trial was cut short."))));
              } catch (RuntimeException e) { // The top of the trial: whoever waits must hear of it.
                done.complete(
                    SourceTest.of(List.of(new Finding(Weight.WRONG, "The trial failed: " + e))));
              }
            });
    return done;
  }

  /** What else is known. */
  record Trial(String source, List<String> problems, InstantSource clock) {}
}
