package io.switchhook.calllog;

/** How a call came about, as the vendor's table of call states names it. */
public enum CallType {
  /** A customer called. */
  INCOMING,
  /** Outbound dialing: the system calls a customer, then a user. */
  OBD,
  /** A user has a customer called. */
  CLICK_TO_CALL
}
