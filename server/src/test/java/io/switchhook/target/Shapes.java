package io.switchhook.target;

import io.switchhook.webhook.RequestShape;
import io.switchhook.webhook.RequestShape.BasicAuth;
import io.switchhook.webhook.RequestShape.BodyDress;
import io.switchhook.webhook.RequestShape.Header;
import io.switchhook.webhook.RequestShape.Method;
import io.switchhook.webhook.RequestShape.QueryParameter;
import io.switchhook.webhook.RequestShape.Signing;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shapes of requests, for tests: a plain POST, changed step by step. */
public record Shapes(
    String url,
    Method method,
    BodyDress body,
    List<QueryParameter> parameters,
    List<Header> headers,
    @Nullable BasicAuth basicAuth,
    @Nullable Signing signing,
    Duration timeout) {

  /** A POST in the vendor's dress. */
  public static Shapes post(String url) {
    return new Shapes(
        url,
        Method.POST,
        BodyDress.MYOPERATOR,
        List.of(),
        List.of(),
        null,
        null,
        Duration.ofSeconds(15));
  }

  /** A GET. */
  public static Shapes get(String url) {
    var post = post(url);
    return new Shapes(
        url,
        Method.GET,
        post.body,
        post.parameters,
        post.headers,
        post.basicAuth,
        post.signing,
        post.timeout);
  }

  /** With this body. */
  public Shapes body(BodyDress other) {
    return new Shapes(url, method, other, parameters, headers, basicAuth, signing, timeout);
  }

  /** With these query parameters. */
  public Shapes parameters(QueryParameter... others) {
    return new Shapes(url, method, body, List.of(others), headers, basicAuth, signing, timeout);
  }

  /** With these headers. */
  public Shapes headers(Header... others) {
    return new Shapes(url, method, body, parameters, List.of(others), basicAuth, signing, timeout);
  }

  /** With basic authentication. */
  public Shapes basicAuth(String username, String password) {
    return new Shapes(
        url,
        method,
        body,
        parameters,
        headers,
        new BasicAuth(username, password),
        signing,
        timeout);
  }

  /** Signed with these secrets. */
  public Shapes signedWith(String... secrets) {
    return new Shapes(
        url, method, body, parameters, headers, basicAuth, new Signing(List.of(secrets)), timeout);
  }

  /** With this timeout. */
  public Shapes timeout(Duration other) {
    return new Shapes(url, method, body, parameters, headers, basicAuth, signing, other);
  }

  /** The shape itself. */
  public RequestShape build() {
    return new RequestShape(
        URI.create(url), method, body, parameters, headers, basicAuth, signing, timeout);
  }
}
