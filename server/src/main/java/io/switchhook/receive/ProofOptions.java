package io.switchhook.receive;

import io.switchhook.receiver.Proof;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a sender must show to be believed, as it is written on a command line.
 *
 * @param header {@code Name: value}; null for none
 * @param basicAuth {@code USER:PASSWORD}; null for none
 * @param signingSecret a secret of Standard Webhooks; null for none
 */
record ProofOptions(
    @Nullable String header, @Nullable String basicAuth, @Nullable String signingSecret) {
  private static final Pattern HEADER =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*)");

  /** What came of reading what the user asked for. */
  sealed interface Parsed {}

  /** What must be shown. */
  record Asked(Proof proof) implements Parsed {}

  /** Why that cannot be asked for, in words; never with the secret in it. */
  record Wrong(String reason) implements Parsed {}

  /** Reads what must be shown. */
  Parsed parse() {
    var proof = Proof.ofNothing();
    if (header != null) {
      var match = HEADER.matcher(header);
      if (!match.matches() || match.group(2).isBlank()) {
        return new Wrong("a header is written as Name: value, such as my-secret-token: abc123def");
      }
      proof = proof.andHeader(match.group(1), match.group(2).strip());
    }
    if (basicAuth != null) {
      var colon = basicAuth.indexOf(':');
      if (colon < 0) {
        return new Wrong("basic authentication is written as USER:PASSWORD, such as admin:123456");
      }
      proof = proof.andBasicAuth(basicAuth.substring(0, colon), basicAuth.substring(colon + 1));
    }
    return signingSecret == null ? new Asked(proof) : signed(proof, signingSecret);
  }

  private static Parsed signed(Proof proof, String secret) {
    try {
      return new Asked(proof.andSignature(Proof.TOLERANCE_DEFAULT, secret));
    } catch (IllegalArgumentException e) {
      return new Wrong(String.valueOf(e.getMessage()));
    }
  }

  /** Says nothing of what is asked. */
  @Override
  public String toString() {
    return "ProofOptions";
  }
}
