package io.switchhook.source.asterisk.line;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an Asterisk is reached.
 *
 * @param tls whether the line is encrypted
 * @param tlsCertificate PEM file with the certificates that are trusted instead of the system's;
 *     the host's name is then not looked at, because such certificates often have another. Null:
 *     the system's
 */
public record LineSettings(
    String host,
    int port,
    boolean tls,
    @Nullable Path tlsCertificate,
    String username,
    String secret,
    Pace pace) {

  /**
   * When things are done.
   *
   * @param answer how long connecting, and each answer, may take
   * @param ping how often an idle line is asked whether it lives
   * @param reconnectMin the pause before the second attempt; it doubles
   * @param snapshot how often it is looked which channels there are
   */
  public record Pace(
      Duration answer,
      Duration ping,
      Duration reconnectMin,
      Duration reconnectMax,
      Duration snapshot) {
    /** What is usual. */
    public static final Pace STANDARD =
        new Pace(
            Duration.ofSeconds(8),
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1));
  }

  String place() {
    return host + ":" + port;
  }

  // The secret stays out of what is printed.
  @Override
  public String toString() {
    return "LineSettings[" + username + "@" + place() + "]";
  }
}
