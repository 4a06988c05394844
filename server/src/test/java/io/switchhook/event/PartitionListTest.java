package io.switchhook.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartitionListTest {
  /** A row of the table in docs/partitions.md. */
  private record Vector(CallId call, PartitionList list, int partition) {
    private static final Pattern ROW =
        Pattern.compile(
            "\\| `([0-9a-f]{16})` \\| `([^`]+)` \\| `[0-9a-f]{8}` \\| ([0-9, ]+) \\| ([0-9]+) \\|");

    static Stream<Vector> of(String line) {
      var row = ROW.matcher(line);
      if (!row.matches()) {
        return Stream.empty();
      }
      var list = Stream.of(row.group(3).split(", ")).map(Integer::valueOf).toList();
      return Stream.of(
          new Vector(
              new CallId(new CompanyId(row.group(1)), row.group(2)),
              new PartitionList(list),
              Integer.parseInt(row.group(4))));
    }
  }

  private static List<Vector> published() throws IOException {
    try (var lines = Files.lines(Path.of("..", "docs", "partitions.md"))) {
      return lines.flatMap(Vector::of).toList();
    }
  }

  @Test
  void callsAreWhereThePublishedVectorsSay() throws Exception {
    assertThat(published())
        .hasSize(12)
        .allSatisfy(
            vector ->
                assertThat(vector.list().partitionOf(vector.call())).isEqualTo(vector.partition()));
  }

  @Test
  void newCompaniesGetThePublishedLists() throws Exception {
    assertThat(published().subList(0, 9))
        .allSatisfy(
            vector ->
                assertThat(PartitionList.forNewCompany(vector.call().company()))
                    .isEqualTo(vector.list()));
  }

  @Test
  void newCompanyGetsOnePartitionOfEachBlock() {
    for (int i = 0; i < 200; i++) {
      var list = PartitionList.forNewCompany(CompanyId.ofBits(i * 0x9e3779b97f4a7c15L));
      assertThat(list.partitions().stream().map(partition -> partition / 32))
          .containsExactlyElementsOf(IntStream.range(0, 8).boxed().toList());
    }
  }

  @Test
  void callsOfManyCompaniesAreSpreadOverAllPartitions() {
    var counts = new int[PartitionList.PARTITION_COUNT];
    for (int i = 0; i < 400; i++) {
      var company = CompanyId.ofBits(i * 0x9e3779b97f4a7c15L);
      var list = PartitionList.forNewCompany(company);
      for (int c = 0; c < 100; c++) {
        counts[list.partitionOf(new CallId(company, "call " + c))]++;
      }
    }
    assertThat(counts).doesNotContain(0);
  }

  @Test
  void listWithoutPartitionsOrWithUnknownOnesIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new PartitionList(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new PartitionList(List.of(256)));
    assertThatIllegalArgumentException().isThrownBy(() -> new PartitionList(List.of(-1)));
  }
}
