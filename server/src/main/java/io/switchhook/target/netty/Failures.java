package io.switchhook.target.netty;

import io.switchhook.target.Outcome.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in words for a person what kept a request from being answered. */
final class Failures {
  private static final int CAUSE_LENGTH_MAX = 200;

  private Failures() {}

  /** A failure without the time it took. */
  record Failure(Reason reason, String words) {}

  /** There is no connection to {@code peer}; nothing was sent. */
  static Failure whileConnecting(Throwable error, String peer, boolean tls) {
    if (cause(error, SSLException.class) != null) {
      var certificate = cause(error, CertificateException.class);
      return certificate == null
          ? new Failure(Reason.NO_TLS, "no TLS with " + peer + ": " + plain(error))
          : new Failure(
              Reason.NO_TLS,
              "the certificate of " + peer + " is not accepted: " + plain(certificate));
    }
    if (tls && isClosed(error)) {
      return new Failure(
          Reason.NO_TLS, peer + " closed the connection before it was secured with TLS");
    }
    if (cause(error, NoRouteToHostException.class) != null) {
      return new Failure(Reason.NO_CONNECTION, "no way to " + peer + " through the network");
    }
    if (error instanceof ConnectException && plain(error).contains("refused")) {
      return new Failure(Reason.NO_CONNECTION, "connection refused by " + peer);
    }
    return new Failure(Reason.NO_CONNECTION, "no connection to " + peer + ": " + plain(error));
  }

  /** The request was sent, at least in part, and no status line came. */
  static Failure afterSending(Throwable error, String peer) {
    return isClosed(error)
        ? new Failure(
            Reason.CONNECTION_LOST, "the connection to " + peer + " was lost before it answered")
        : notHttp(peer);
  }

  /** The request was sent, and what came cannot be read. */
  static Failure notHttp(String peer) {
    return new Failure(
        Reason.BAD_ANSWER,
        peer + " answered with something that is not HTTP/1.1, or with headers over 32 KiB");
  }

  /** True when the other side, or the network, ended the connection. */
  static boolean isClosed(Throwable error) {
    return error instanceof IOException && !(error instanceof SSLException);
  }

  private static <T extends Throwable> @Nullable T cause(Throwable error, Class<T> type) {
    var depth = 0;
    for (Throwable at = error; at != null && depth < 10; at = at.getCause(), depth++) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
    }
    return null;
  }

  /** The library's own words, on one line: part of them may come from the other side. */
  private static String plain(Throwable error) {
    var message =
        error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    var line = message.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() > CAUSE_LENGTH_MAX ? line.substring(0, CAUSE_LENGTH_MAX) + "…" : line;
  }
}
