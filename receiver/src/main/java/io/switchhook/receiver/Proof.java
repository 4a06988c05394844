package io.switchhook.receiver;

import io.switchhook.calllog.FormEncoding;
import io.switchhook.calllog.FormEncoding.FormField;
import io.switchhook.calllog.FormEncoding.FormFields;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a sender must show to be believed: a secret header, basic authentication, a token in the
 * query, a signature by Standard Webhooks, several of them, or nothing. All that is asked must be
 * shown. Secrets are compared in a time that does not tell how much of them was right. May be used
 * from any thread; does not change.
 *
 * <p>Each part takes several secrets, any of which will do, so that a secret can be replaced
 * without a moment in which requests are refused: add the new one here, change it at the sender,
 * take the old one away.
 */
public final class Proof {
  /** How far a signed request's time may be from now, to both sides, unless it is said. */
  public static final Duration TOLERANCE_DEFAULT = Duration.ofMinutes(5);

  private static final String BASIC = "Basic ";

  /** What is missing or wrong of a request that does not prove itself. Not for the sender's eye. */
  public enum Lack {
    /** The secret header is missing or is not the one asked for. */
    HEADER,
    /** User or password are missing or are not those asked for. */
    BASIC_AUTH,
    /** The token in the query is missing or is not the one asked for. */
    QUERY_TOKEN,
    /** There is no signature, or what is signed with it is missing. */
    SIGNATURE_MISSING,
    /** The signature was made with another secret, or over something else. */
    SIGNATURE_WRONG,
    /** The signature is right, but was made too long ago, or in the future: look at the clocks. */
    TIMESTAMP
  }

  /** One thing that is asked for. */
  private sealed interface Part {}

  private record HeaderPart(String name, List<byte[]> values) implements Part {}

  private record BasicPart(List<byte[]> credentials) implements Part {}

  private record QueryPart(String name, List<byte[]> values) implements Part {}

  private record SignaturePart(Duration tolerance, List<byte[]> keys) implements Part {}

  private final List<Part> parts;

  private Proof(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** Believes everybody: for trying things out, or when something before it has already asked. */
  public static Proof ofNothing() {
    return new Proof(List.of());
  }

  /** Asks for this header with one of these values. */
  public static Proof ofHeader(String name, String... values) {
    return ofNothing().andHeader(name, values);
  }

  /** Asks for HTTP basic authentication (RFC 7617, UTF-8). */
  public static Proof ofBasicAuth(String username, String password) {
    return ofNothing().andBasicAuth(username, password);
  }

  /** Asks for a signature made with one of these secrets, at most five minutes ago. */
  public static Proof ofSignature(String... secrets) {
    return ofNothing().andSignature(TOLERANCE_DEFAULT, secrets);
  }

  /** Asks for this header too. */
  public Proof andHeader(String name, String... values) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the secret header has no name");
    }
    return and(new HeaderPart(name, secrets("the header " + name, values)));
  }

  /** Asks for basic authentication too. */
  public Proof andBasicAuth(String username, String password) {
    if (username.contains(":")) {
      throw new IllegalArgumentException("a user name has no colon in it (RFC 7617)");
    }
    var pair = utf8(username + ":" + password);
    return and(new BasicPart(List.of(Base64.getEncoder().encode(pair))));
  }

  /**
   * Asks for a parameter of the query with one of these values too. Queries are written into the
   * logs of many servers: a header keeps a secret better.
   */
  public Proof andQueryToken(String name, String... values) {
    return and(new QueryPart(name, secrets("the query's " + name, values)));
  }

  /**
   * Asks for a signature by Standard Webhooks too, made at most so long ago and not in the future
   * by more than that.
   *
   * @param secrets as the sender shows them: base64, with or without {@code whsec_}
   */
  public Proof andSignature(Duration tolerance, String... secrets) {
    if (tolerance.isNegative() || tolerance.isZero()) {
      throw new IllegalArgumentException("the tolerance is more than nothing, not " + tolerance);
    }
    var keys = new ArrayList<byte[]>();
    for (var secret : secrets) {
      keys.add(keyOf(secret));
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("a signature needs at least one secret");
    }
    return and(new SignaturePart(tolerance, List.copyOf(keys)));
  }

  /** What the request lacks of what is asked; empty when it proves itself. */
  public Optional<Lack> lackOf(ReceivedRequest request, Instant now) {
    Lack first = null;
    // All are always looked at, so that time does not tell which of them failed.
    for (var part : parts) {
      var lack = lackOf(part, request, now);
      first = first == null ? lack : first;
    }
    return Optional.ofNullable(first);
  }

  private static @Nullable Lack lackOf(Part part, ReceivedRequest request, Instant now) {
    return switch (part) {
      case HeaderPart(var name, var values) ->
          isAny(values, request.headers().first(name)) ? null : Lack.HEADER;
      case BasicPart(var credentials) ->
          isAny(credentials, basic(request.headers().first("Authorization")))
              ? null
              : Lack.BASIC_AUTH;
      case QueryPart(var name, var values) ->
          isAny(values, parameter(request.query(), name)) ? null : Lack.QUERY_TOKEN;
      case SignaturePart signature -> lackOf(signature, request, now);
    };
  }

  private static @Nullable Lack lackOf(SignaturePart asked, ReceivedRequest request, Instant now) {
    var id = request.headers().first("webhook-id");
    var timestamp = request.headers().first("webhook-timestamp");
    var signatures = request.headers().first("webhook-signature");
    if (id == null || timestamp == null || signatures == null) {
      return Lack.SIGNATURE_MISSING;
    }
    var signed = new StandardWebhooksSignature.Signed(id, timestamp, signatures, content(request));
    if (!StandardWebhooksSignature.isMadeWith(asked.keys(), signed)) {
      return Lack.SIGNATURE_WRONG;
    }
    var madeAt = Marks.epochSeconds(timestamp);
    return madeAt != null && isWithin(madeAt, now, asked.tolerance()) ? null : Lack.TIMESTAMP;
  }

  private static byte[] content(ReceivedRequest request) {
    var method = request.method().toUpperCase(Locale.ROOT);
    return method.equals("GET") || method.equals("HEAD") ? utf8(request.query()) : request.body();
  }

  private static boolean isWithin(Instant madeAt, Instant now, Duration tolerance) {
    return Duration.between(madeAt, now).abs().compareTo(tolerance) <= 0;
  }

  /** The credentials of a basic {@code Authorization}; the scheme's name may be in any case. */
  private static @Nullable String basic(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())
        ? authorization.substring(BASIC.length()).strip()
        : null;
  }

  private static @Nullable String parameter(String query, String name) {
    return FormEncoding.decode(query) instanceof FormFields(var fields)
        ? fields.stream()
            .filter(field -> field.name().equals(name))
            .map(FormField::value)
            .findFirst()
            .orElse(null)
        : null;
  }

  private static boolean isAny(List<byte[]> secrets, @Nullable String shown) {
    var bytes = utf8(shown == null ? "" : shown);
    var isFound = false;
    for (var secret : secrets) {
      isFound |= MessageDigest.isEqual(secret, bytes);
    }
    return isFound;
  }

  private static List<byte[]> secrets(String what, String... values) {
    if (values.length == 0 || Arrays.stream(values).anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(what + " needs a value: an empty one proves nothing");
    }
    return Arrays.stream(values).map(Proof::utf8).toList();
  }

  private static byte[] keyOf(String secret) {
    byte[] key;
    try {
      key = StandardWebhooksSignature.key(secret);
    } catch (IllegalArgumentException _) {
      // Its message may quote the secret, so it is not passed on.
      throw new IllegalArgumentException("a signing secret is base64, with whsec_ before it");
    }
    if (key.length == 0) {
      throw new IllegalArgumentException("a signing secret is empty");
    }
    return key;
  }

  private Proof and(Part part) {
    var more = new ArrayList<>(parts);
    more.add(part);
    return new Proof(more);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Says how much is asked for, never what. */
  @Override
  public String toString() {
    return "proof of " + parts.size() + " parts";
  }
}
