package io.switchhook.routing;

/** What a webhook's version in force at an event's offset says of the event. */
public enum Route {
  /** It is to be told. */
  WANTED,
  /**
   * It would be told, but the webhook is disabled at this offset: it is given up, and this version
   * is the record of it.
   */
  DISABLED,
  /** It is not for this webhook. */
  NOT_FOR_IT
}
