package io.switchhook.history;

import io.switchhook.event.CallId;
import java.time.Instant;

/**
 * A call in a list.
 *
 * @param startedAt when its first event was accepted; decides its place in lists
 * @param lastAt when its last event was accepted
 * @param events how many events it has
 * @param facts what its logs say of it
 */
public record CallSummary(
    CallId call, Instant startedAt, Instant lastAt, int events, CallFacts facts) {}
