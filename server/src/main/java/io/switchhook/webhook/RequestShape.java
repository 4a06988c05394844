package io.switchhook.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the request of a webhook looks. Secrets stand here in clear: never log or show it; its {@code
 * toString} says only where it goes.
 *
 * @param targetUrl an absolute http or https URL; may have a query of its own
 * @param body the dress of a POST's body
 * @param queryParameters appended to the URL's own query, in their order, for GET and POST
 * @param basicAuth null when there is none
 * @param signing null when requests are not signed
 * @param timeout of the whole exchange
 */
public record RequestShape(
    URI targetUrl,
    Method method,
    BodyDress body,
    List<QueryParameter> queryParameters,
    List<Header> headers,
    @Nullable BasicAuth basicAuth,
    @Nullable Signing signing,
    Duration timeout) {

  public RequestShape {
    queryParameters = List.copyOf(queryParameters);
    headers = List.copyOf(headers);
  }

  /** How the event is asked to be sent. */
  public enum Method {
    GET,
    POST
  }

  /** How the call log stands in the body of a POST. */
  public enum BodyDress {
    /** Form field {@code myoperator} holding the call log as JSON text. */
    MYOPERATOR("myoperator"),
    /** The call log itself as the JSON body. */
    JSON("json"),
    /** {@code {"myoperator": {…}}}. */
    MYOPERATOR_JSON("myoperator-json");

    private final String word;

    BodyDress(String word) {
      this.word = word;
    }

    /** The word in the JSON. */
    public String word() {
      return word;
    }
  }

  /** A query parameter whose value is taken from the call log or is fixed. */
  public sealed interface QueryParameter {
    /** The parameter's name. */
    String name();

    /**
     * The value of a field, by its dotted path; {@code e164} puts a plus before a telephone
     * number's digits.
     */
    record FromField(String name, String field, FieldDress as) implements QueryParameter {}

    /** A fixed value. */
    record Fixed(String name, String value) implements QueryParameter {}
  }

  /** How a field's value is written into a query parameter. */
  public enum FieldDress {
    AS_IT_IS,
    E164
  }

  /** A header that is sent as configured. */
  public record Header(String name, String value) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** HTTP basic authentication (RFC 7617). */
  public record BasicAuth(String username, String password) {
    @Override
    public String toString() {
      return "BasicAuth";
    }
  }

  /**
   * Signing by Standard Webhooks 1.0: the secrets are raw key bytes in base64 behind {@code
   * whsec_}; the first signs, and so do older ones for as long as they are kept after a rotation.
   */
  public record Signing(List<String> secrets) {
    public Signing {
      secrets = List.copyOf(secrets);
    }

    @Override
    public String toString() {
      return "Signing";
    }
  }

  @Override
  public String toString() {
    return method + " " + targetUrl.getScheme() + "://" + targetUrl.getAuthority();
  }
}
