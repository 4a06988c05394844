package io.switchhook.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * How much of time a journal holds.
 *
 * @param segments how many segments there are, the open one among them
 * @param oldestAcceptedAt when the oldest record that is kept was accepted; empty when there is
 *     none
 */
public record Extent(int segments, Optional<Instant> oldestAcceptedAt) {}
