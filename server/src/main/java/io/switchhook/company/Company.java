package io.switchhook.company;

import io.switchhook.event.CompanyId;
import io.switchhook.event.PartitionList;
import java.time.Instant;

/**
 * A tenant.
 *
 * @param name unique in the installation; stands in URLs and on the command line
 * @param partitions over which its calls are spread, for ever
 * @param afterCallLogs true when after-call logs are assembled for calls that came in as in-call
 *     logs through the API
 */
public record Company(
    CompanyId id,
    String name,
    PartitionList partitions,
    boolean afterCallLogs,
    Instant createdAt) {}
