package io.switchhook.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * The partitions over which a company's calls are spread. A call is in {@code list[CRC32C(UTF-8 of
 * company_id, 0x00, uid) mod length]}, for ever: 256 partitions and this formula are fixed from the
 * first release.
 */
public record PartitionList(List<Integer> partitions) {
  /** How many partitions a journal has. */
  public static final int PARTITION_COUNT = 256;

  /** How many partitions a new company gets, one from each block of 32. */
  public static final int NEW_COMPANY_PARTITION_COUNT = 8;

  private static final int BLOCK_SIZE = PARTITION_COUNT / NEW_COMPANY_PARTITION_COUNT;

  public PartitionList {
    partitions = List.copyOf(partitions);
    if (partitions.isEmpty() || partitions.stream().anyMatch(p -> p < 0 || p >= PARTITION_COUNT)) {
      throw new IllegalArgumentException("partitions are numbered 0 to 255: " + partitions);
    }
  }

  /**
   * The list that a new company gets: which partition of each block, its id decides. It is stored,
   * not computed again.
   */
  public static PartitionList forNewCompany(CompanyId company) {
    return new PartitionList(
        IntStream.range(0, NEW_COMPANY_PARTITION_COUNT)
            .mapToObj(
                block ->
                    block * BLOCK_SIZE
                        + (int) (checksum(company.hex(), "block " + block) % BLOCK_SIZE))
            .toList());
  }

  /** The partition of a call. */
  public int partitionOf(CallId call) {
    return partitions.get((int) (checksum(call.company().hex(), call.uid()) % partitions.size()));
  }

  private static long checksum(String company, String rest) {
    var crc = new CRC32C();
    crc.update(company.getBytes(StandardCharsets.UTF_8));
    crc.update(0);
    crc.update(rest.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
