package io.switchhook.target.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyStore;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import org.junit.jupiter.api.Test;

class TlsTest {
  /** Cannot name those it trusts when it is asked for the first time. */
  private static final class FailsAtFirst extends TrustManagerFactorySpi {
    private int asked;

    @Override
    protected void engineInit(KeyStore keys) {}

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) {}

    @Override
    protected TrustManager[] engineGetTrustManagers() {
      if (++asked == 1) {
        throw new IllegalStateException("too many open files");
      }
      return new TrustManager[0];
    }
  }

  private static final class Factory extends TrustManagerFactory {
    Factory(TrustManagerFactorySpi factory) {
      super(factory, /* provider= */ null, "for this test");
    }
  }

  @Test
  void contextThatCouldNotBeMadeIsMadeAgain() {
    var tls = new Tls(new Factory(new FailsAtFirst()));
    assertThatThrownBy(() -> tls.context().join()).hasStackTraceContaining("too many open files");

    var made = tls.context();
    assertThat(made.join()).isNotNull();
    assertThat(tls.context()).isSameAs(made);
  }
}
