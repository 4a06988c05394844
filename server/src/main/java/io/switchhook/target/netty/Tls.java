package io.switchhook.target.netty;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What all TLS connections have in common: versions 1.2 and 1.3 as the Java platform speaks them,
 * and a certificate that is valid for the host's name.
 */
final class Tls {
  private final @Nullable TrustManagerFactory trust;
  private @Nullable CompletableFuture<SslContext> context;

  /** Trusts these certificate authorities; those of the platform when it is null. */
  Tls(@Nullable TrustManagerFactory trust) {
    this.trust = trust;
  }

  /**
   * Reads the trusted certificates on the first call, on another thread, and again when that
   * failed: there may have been no file left to open.
   */
  synchronized CompletableFuture<SslContext> context() {
    var known = context;
    if (known == null || known.isCompletedExceptionally()) {
      known = CompletableFuture.supplyAsync(this::make, make -> Thread.ofVirtual().start(make));
      context = known;
    }
    return known;
  }

  private SslContext make() {
    var builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .endpointIdentificationAlgorithm("HTTPS");
    try {
      return (trust == null ? builder : builder.trustManager(trust)).build();
    } catch (SSLException e) {
      throw new CompletionException(e);
    }
  }
}
