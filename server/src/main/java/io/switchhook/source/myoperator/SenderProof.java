package io.switchhook.source.myoperator;

import io.switchhook.calllog.FormEncoding;
import io.switchhook.calllog.FormEncoding.BrokenForm;
import io.switchhook.calllog.FormEncoding.FormFields;
import io.switchhook.event.Bytes;
import io.switchhook.source.DoorRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the sender of a request must show: a secret header, basic authentication (RFC 7617), a token
 * in the query, or several of them, and then all. Compared in a time that does not tell how much of
 * it was right.
 */
public final class SenderProof {
  /** A shorter secret is guessed. */
  static final int SECRET_LENGTH_MIN = 8;

  private static final Pattern HEADER =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*)");
  private static final String DEFAULT_PARAMETER = "token";
  private static final String BASIC = "Basic ";

  private final @Nullable Secret header;
  private final @Nullable Bytes authorization;
  private final @Nullable Secret parameter;

  private record Secret(String name, Bytes digest) {}

  private SenderProof(
      @Nullable Secret header, @Nullable Bytes authorization, @Nullable Secret parameter) {
    this.header = header;
    this.authorization = authorization;
    this.parameter = parameter;
  }

  /** What came of reading the settings. */
  public sealed interface Parsed {}

  /** What must be shown. */
  public record Asked(SenderProof proof) implements Parsed {}

  /**
   * Why that cannot be asked for.
   *
   * @param key the setting that is wrong; empty when none is given
   * @param reason in words, never with the secret in it
   */
  public record Wrong(String key, String reason) implements Parsed {}

  /**
   * Reads what must be shown; each is null when it is not asked for.
   *
   * @param header {@code Name: value}
   * @param basicAuth {@code USER:PASSWORD}
   * @param queryToken {@code NAME=VALUE}, or a value alone, which is that of {@code token}
   */
  public static Parsed parse(
      @Nullable String header, @Nullable String basicAuth, @Nullable String queryToken) {
    if (header == null && basicAuth == null && queryToken == null) {
      return new Wrong(
          "", "one of header, basic-auth and query-token is needed: without it anybody could send");
    }
    Secret headerSecret = null;
    if (header != null) {
      var match = HEADER.matcher(header);
      if (!match.matches() || match.group(2).strip().length() < SECRET_LENGTH_MIN) {
        return new Wrong("header", "is written as Name: value" + atLeast());
      }
      headerSecret = new Secret(match.group(1), digest(match.group(2).strip()));
    }
    if (basicAuth != null
        && basicAuth.length() - basicAuth.indexOf(':') - 1 < lengthMin(basicAuth)) {
      return new Wrong("basic-auth", "is written as USER:PASSWORD" + atLeast());
    }
    Secret tokenSecret = null;
    if (queryToken != null) {
      var equals = queryToken.indexOf('=');
      var name = equals > 0 ? queryToken.substring(0, equals) : DEFAULT_PARAMETER;
      var value = queryToken.substring(equals > 0 ? equals + 1 : 0);
      if (value.length() < SECRET_LENGTH_MIN) {
        return new Wrong("query-token", "is written as NAME=VALUE" + atLeast());
      }
      tokenSecret = new Secret(name, digest(value));
    }
    return new Asked(new SenderProof(headerSecret, authorization(basicAuth), tokenSecret));
  }

  private static int lengthMin(String basicAuth) {
    return basicAuth.contains(":") ? SECRET_LENGTH_MIN : Integer.MAX_VALUE;
  }

  private static String atLeast() {
    return ", the secret with at least " + SECRET_LENGTH_MIN + " characters";
  }

  private static @Nullable Bytes authorization(@Nullable String basicAuth) {
    return basicAuth == null
        ? null
        : digest(Base64.getEncoder().encodeToString(basicAuth.getBytes(StandardCharsets.UTF_8)));
  }

  /** True when the head of the request shows all that is asked. */
  boolean isShownBy(DoorRequest head) {
    // All are always looked at, so that time does not tell which of them failed.
    var isHeaderShown =
        header == null || isSame(header.digest(), head.header(header.name()).orElse(""));
    var isAuthorizationShown =
        authorization == null
            || isSame(authorization, basicCredentials(head.header("authorization").orElse("")));
    var isTokenShown =
        parameter == null || isSame(parameter.digest(), token(head.rawQuery(), parameter.name()));
    return isHeaderShown && isAuthorizationShown && isTokenShown;
  }

  /** The scheme to name in {@code WWW-Authenticate}. */
  String challenge() {
    return authorization == null ? "Switchhook-Source" : "Basic realm=\"switchhook\"";
  }

  /** The query without the sender's token: what is kept must not hold secrets. */
  String withoutToken(String rawQuery) {
    if (parameter == null || rawQuery.isEmpty()) {
      return rawQuery;
    }
    var pieces = new ArrayList<String>();
    for (var piece : rawQuery.split("&", -1)) {
      if (!names(piece, parameter.name())) {
        pieces.add(piece);
      }
    }
    return String.join("&", pieces);
  }

  /** The name of the query's parameter that holds the token; empty when there is none. */
  String tokenParameter() {
    return parameter == null ? "" : parameter.name();
  }

  private static boolean names(String piece, String parameter) {
    return FormEncoding.decode(piece) instanceof FormFields(var fields)
        && fields.stream().anyMatch(field -> field.name().equals(parameter));
  }

  private static String basicCredentials(String shown) {
    // The scheme's name may be in any case (RFC 9110, section 11.1).
    return shown.regionMatches(true, 0, BASIC, 0, BASIC.length())
        ? shown.substring(BASIC.length()).strip()
        : "";
  }

  private static String token(String rawQuery, String name) {
    return switch (FormEncoding.decode(rawQuery)) {
      case FormFields fields -> fields.byName().getOrDefault(name, "");
      // One broken parameter does not make the sender a stranger.
      case BrokenForm _ -> tokenOfPieces(rawQuery, name);
    };
  }

  private static String tokenOfPieces(String rawQuery, String name) {
    for (var piece : rawQuery.split("&", -1)) {
      if (FormEncoding.decode(piece) instanceof FormFields fields
          && fields.byName().containsKey(name)) {
        return fields.byName().getOrDefault(name, "");
      }
    }
    return "";
  }

  private static boolean isSame(Bytes digest, String shown) {
    return MessageDigest.isEqual(digest.array(), digest(shown).array());
  }

  /** All secrets are compared by digests of one length, so not even their length shows. */
  private static Bytes digest(String text) {
    try {
      return Bytes.wrap(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Says that it is one, never what it is. */
  @Override
  public String toString() {
    return List.of(
            header == null ? "" : "header " + header.name(),
            authorization == null ? "" : "basic-auth",
            parameter == null ? "" : "query-token " + parameter.name())
        .toString();
  }
}
