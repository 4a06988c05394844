package io.switchhook.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class ReadFiguresTest {
  private static final String IDLE =
      """
      void main() throws Exception {
        System.out.println("ready");
        System.in.read();
      }
      """;

  @Test
  void collectionsSayWhatIsLeft(@TempDir Path folder) throws IOException {
    var log =
        Files.writeString(
            folder.resolve("gc.log"),
            """
            [0.006s] Using G1
            [1.250s] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 24M->4M(256M) 3.125ms
            [2.500s] GC(1) Concurrent Mark Cycle
            [3.000s] GC(2) Pause Full (System.gc()) 1G->512K(2G) 40.000ms
            [4.000s] GC(3) Pause Full (Diagnostic Command) 31M->9M(256M) 52.000ms
            """);
    assertThat(GcLog.read(log))
        .containsExactly(
            new GcLog.Collection(1.25, 4L << 20, 3.125, /* isFull= */ false),
            new GcLog.Collection(3, 512L << 10, 40, /* isFull= */ true),
            new GcLog.Collection(4, 9L << 20, 52, /* isFull= */ true));
  }

  @Test
  void virtualMachineCollectsFullyWhenItIsAsked(@TempDir Path folder) throws Exception {
    var log = folder.resolve("gc.log");
    var main = Files.writeString(folder.resolve("Idle.java"), IDLE);
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(java, "-XX:+UseParallelGC", GcLog.option(log), main.toString())
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(process.inputReader().readLine()).isEqualTo("ready");
      assertThat(FullCollection.of(process.pid())).isTrue();
      assertThat(GcLog.read(log)).anyMatch(GcLog.Collection::isFull);
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(FullCollection.of(process.pid())).isFalse();
  }

  @Test
  void lanesAreSummedAndTheMostOfOneWebhookIsKept() {
    var metrics =
        ServerMetrics.read(
            """
            # TYPE switchhook_lanes gauge
            switchhook_lanes{webhook="a"} 3.0
            switchhook_lanes{webhook="b"} 9.0
            switchhook_lanes_cap 10000
            switchhook_webhooks_detached 1.0
            """);
    assertThat(metrics).isEqualTo(new ServerMetrics(12, 9, 1, DiskCounts.NONE));
  }

  @Test
  void commitsAndCheckpointsAreToldByFile() {
    var metrics =
        ServerMetrics.read(
            """
            switchhook_disk_commits_total{file="journal"} 40.0
            switchhook_disk_commits_total{file="state"} 2.0
            switchhook_disk_checkpoints_total{file="journal"} 1.0
            """);
    assertThat(metrics.disk())
        .isEqualTo(new DiskCounts(Map.of("journal", 40L, "state", 2L), Map.of("journal", 1L)));
    assertThat(metrics.disk().isKnown()).isTrue();
  }

  @Test
  void commitsOfSeveralLivesAddUp() {
    var first = new DiskCounts(Map.of("journal", 40L, "state", 2L), Map.of("journal", 1L));
    var second = new DiskCounts(Map.of("journal", 5L), Map.of());
    assertThat(first.plus(second).commits())
        .containsEntry("journal", 45L)
        .containsEntry("state", 2L);
    assertThat(first.plus(second).since(first).commits()).containsEntry("journal", 5L);
  }

  @Test
  void whatIsNotToldIsNotKnown() {
    assertThat(ServerMetrics.read("up 1\n")).isEqualTo(ServerMetrics.NONE);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thisProcessHasMemoryAndUsedTheProcessor() {
    var figures = ProcessFigures.of(ProcessHandle.current().pid()).orElseThrow();
    assertThat(figures.residentBytes()).isPositive();
    assertThat(figures.residentBytesMax()).isGreaterThanOrEqualTo(figures.residentBytes());
    assertThat(figures.cpuSeconds()).isPositive();
  }

  @Test
  void processThatIsNotThereHasNoFigures() {
    assertThat(ProcessFigures.of(Long.MAX_VALUE)).isEmpty();
  }
}
