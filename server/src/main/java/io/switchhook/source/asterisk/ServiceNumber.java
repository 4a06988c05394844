package io.switchhook.source.asterisk;

/** Where the number that a customer called is read from ({@code rdnis}). */
public sealed interface ServiceNumber {
  /** The extension that the inbound channel was born with. */
  record Exten() implements ServiceNumber {}

  /** A channel variable that manager.conf's {@code channelvars} names. */
  record Variable(String name) implements ServiceNumber {}
}
