package io.switchhook.testkit.ledger;

/**
 * An event that was answered 202.
 *
 * @param id as the answer named it
 * @param sequence as the answer said
 * @param sentFirstAt when its request was sent for the first time, in nanoseconds of the ledger's
 *     clock
 */
public record Accepted(ScriptedEvent event, String id, int sequence, long sentFirstAt) {}
