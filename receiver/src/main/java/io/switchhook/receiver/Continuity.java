package io.switchhook.receiver;

/** How an event joins what this receiver had of its call before. */
public sealed interface Continuity {
  /** Nothing is missing: it is the first of its call, or follows what was had. */
  record Unbroken() implements Continuity {}

  /**
   * Something is missing: look at the call's story, or ask for a replay.
   *
   * @param lastHad the number of the last event of the call that was had; 0 when none was
   * @param previous the number of the event before this one that should have been had
   * @param givenUp how many events were given up by the sender since the last one that it told
   */
  record Gap(int lastHad, int previous, int givenUp) implements Continuity {}

  /**
   * It cannot be told: another sender, a replay, a request that does not say of which call it is,
   * or nothing is remembered of a call that was under way.
   */
  record Unknown() implements Continuity {}
}
