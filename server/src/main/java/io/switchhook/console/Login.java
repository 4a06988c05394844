package io.switchhook.console;

import io.switchhook.admin.HttpApi;
import io.switchhook.company.Caller;
import io.switchhook.company.KeyProof;
import io.switchhook.company.Keys;
import io.switchhook.event.Bytes;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs people in with a key, and out. The session's cookie is out of reach for scripts and other
 * sites; the key itself stays nowhere. A session ends with its key.
 */
final class Login {
  static final String PATH = Console.ROOT + "/login";
  static final String OUT = Console.ROOT + "/logout";

  private static final Logger LOG = LoggerFactory.getLogger(Login.class);

  /*
   * Browsers refuse the second name, and a Secure cookie, over plain HTTP. Whether a browser came over TLS only the proxy
   * before us knows; who lies about it makes a cookie that is kept better than it need be.
   */
  private static final String COOKIE = "switchhook";
  private static final String SECURE_COOKIE = "__Host-switchhook";
  private static final int COOKIE_HEADER_LENGTH_MAX = 8_192;

  private final Keys keys;
  private final Sessions sessions;
  private final LoginAttempts attempts;

  Login(HttpApi.Parts parts, Sessions sessions) {
    this.keys = parts.keys();
    this.sessions = sessions;
    this.attempts = new LoginAttempts(parts.clock());
  }

  /** Somebody who has logged in. */
  record Known(Caller caller, KeyProof key) {}

  /** What came of showing a key. */
  sealed interface Tried {
    /** The cookie is to be set. */
    record In(Caller caller, String cookie) implements Tried {}

    record NoKey(String words) implements Tried {}

    record TooOften(long seconds, String words) implements Tried {}
  }

  /** Who asks; empty when they have not logged in, or their key does not hold any more. */
  Optional<Known> caller(HttpServerRequest request) {
    return sessionId(request)
        .flatMap(sessions::use)
        .flatMap(key -> keys.callerOf(key).map(caller -> new Known(caller, key)));
  }

  Tried tried(HttpServerRequest request, String text) {
    var address = request.remoteAddress().hostAddress();
    var wait = attempts.wait(address);
    if (wait.isPositive()) {
      var seconds = wait.toSeconds() + 1;
      return new Tried.TooOften(
          seconds, "Too many keys were tried from here. Try again in " + seconds + " seconds.");
    }
    var key = Keys.proof(text);
    var caller = keys.callerOf(key);
    if (caller.isEmpty()) {
      attempts.failed(address);
      LOG.atWarn().addKeyValue("address", address).log("console.login_refused");
      return new Tried.NoKey(
          text.isEmpty()
              ? "Enter a key."
              : "This is no key of this installation, or it was revoked. Copy it whole: swh_live_…");
    }
    sessionId(request).ifPresent(sessions::close);
    return new Tried.In(
        caller.get(), cookie(request, sessions.open(key), Sessions.AGE_MAX.toSeconds()));
  }

  /** Ends the session; returns the cookie that makes the browser forget it. */
  String out(HttpServerRequest request) {
    sessionId(request).ifPresent(sessions::close);
    return cookie(request, "", 0);
  }

  /** Sends somebody to the login, and from there back. */
  static ConsoleAnswer.Whole ask(HttpServerRequest request) {
    var isPart = "true".equals(request.getHeader("HX-Request"));
    var uri = String.valueOf(request.uri());
    var to = PATH + (wanted(uri).isEmpty() || isPart ? "" : "?to=" + Links.encoded(uri));
    return isPart
        ? new ConsoleAnswer.Whole(401, "", Map.of("HX-Redirect", to), Bytes.empty())
        : ConsoleAnswer.redirect(to);
  }

  /** Where somebody wanted to go, when that is a page of ours; else {@code ""}. */
  static String wanted(@Nullable String to) {
    return to != null
            && to.startsWith(Console.COMPANIES + "/")
            && to.length() <= 2_000
            && to.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\')
        ? to
        : "";
  }

  private static String cookie(HttpServerRequest request, String id, long ageSecondsMax) {
    var attributes =
        "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
            + ageSecondsMax
            + (isOverTls(request) ? "; Secure" : "");
    return name(request) + "=" + id + attributes;
  }

  private static String name(HttpServerRequest request) {
    return isOverTls(request) ? SECURE_COOKIE : COOKIE;
  }

  private static boolean isOverTls(HttpServerRequest request) {
    return request.isSSL() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
  }

  private static Optional<String> sessionId(HttpServerRequest request) {
    var header = request.getHeader("Cookie");
    if (header == null || header.length() > COOKIE_HEADER_LENGTH_MAX) {
      return Optional.empty();
    }
    var prefix = name(request) + "=";
    for (var part : header.split(";", -1)) {
      var cookie = part.strip();
      if (cookie.startsWith(prefix)) {
        return Optional.of(cookie.substring(prefix.length())).filter(id -> !id.isEmpty());
      }
    }
    return Optional.empty();
  }
}
