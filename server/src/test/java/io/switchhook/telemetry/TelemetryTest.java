package io.switchhook.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.event.Kind;
import io.switchhook.telemetry.ApiMetrics.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TelemetryTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/io/switchhook/telemetry/metrics.txt");

  @Test
  void namesUnitsAndLabelsAreTheGoldenOnes() throws IOException {
    try (var telemetry = new Telemetry()) {
      telemetry.api().answered("/api/v1/companies/{company}/events", 202, Duration.ofMillis(3));
      telemetry.api().taken(Kind.IN_CALL);
      telemetry.api().duplicate();
      telemetry.api().refused(Refusal.DISK_FULL);
      telemetry.delivery().attempted("delivered", Duration.ofMillis(30));
      telemetry.delivery().delivered(Duration.ofMillis(40));
      telemetry.delivery().gaveUp("expired");
      telemetry.delivery().watchLanes(() -> 2);
      telemetry.delivery().watchInFlight(() -> 7);
      telemetry.journal().tellAgeBy(() -> Instant.ofEpochSecond(86_400));
      telemetry.journal().holds(31, Optional.of(Instant.ofEpochSecond(0)));
      telemetry.journal().dropped();
      telemetry.journal().watchSkippedCalls(() -> 4);
      telemetry.disk().watch("journal", () -> 5, () -> 2);
      telemetry.delivery().watchDetached(() -> 3);
      telemetry.delivery().watchBreakers(() -> 4);
      telemetry.delivery().watchReplays(() -> 1);

      var text = telemetry.prometheusText();
      if (Boolean.getBoolean("golden.update")) {
        Files.writeString(GOLDEN, text);
      }
      assertThat(text).isEqualTo(Files.readString(GOLDEN));
    }
  }

  @Test
  void processMetricsAreThereWhenAskedFor() {
    try (var telemetry = new Telemetry().withProcess()) {
      assertThat(telemetry.prometheusText())
          .contains("jvm_memory_used_bytes", "process_uptime_seconds", "jvm_threads_live_threads");
    }
  }
}
