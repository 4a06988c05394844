package io.switchhook.target.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.target.FakeNames;
import io.switchhook.target.Outcome;
import io.switchhook.target.Outcome.Delivered;
import io.switchhook.target.Outcome.Reason;
import io.switchhook.target.Outcome.Unreachable;
import io.switchhook.target.Shapes;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NettyTargetTlsTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final String HOST = "crm.example.com";

  private static TestCertificate certificate;

  private final FakeNames names =
      new FakeNames().answer(HOST, "127.0.0.1").answer("other.example.com", "127.0.0.1");

  @BeforeAll
  static void makeCertificate(@TempDir Path folder) throws Exception {
    certificate = TestCertificate.make(folder, HOST);
  }

  @Test
  void deliversUnderATrustedCertificateAndSaysWhichHostItMeans() throws Exception {
    var sni = new CompletableFuture<String>();
    try (var server = certificate.server(sni::complete, "TLSv1.3", RawServer.answering(OK))) {
      assertThat(attempt(HOST, server, trusted())).isInstanceOf(Delivered.class);
      assertThat(sni.getNow("none")).isEqualTo(HOST);
    }
  }

  @Test
  void refusesASelfSignedCertificate() throws Exception {
    try (var server = certificate.server(_ -> {}, "TLSv1.3", RawServer.answering(OK))) {
      var outcome = unreachable(attempt(HOST, server, null));

      assertThat(outcome.reason()).isEqualTo(Reason.NO_TLS);
      assertThat(outcome.words())
          .startsWith("the certificate of " + HOST + ":" + server.port())
          .contains("is not accepted");
      assertThat(server.requestCount()).isZero();
    }
  }

  @Test
  void refusesACertificateOfAnotherName() throws Exception {
    try (var server = certificate.server(_ -> {}, "TLSv1.3", RawServer.answering(OK))) {
      for (var host : new String[] {"other.example.com", "127.0.0.1"}) {
        var outcome = unreachable(attempt(host, server, trusted()));

        assertThat(outcome.reason()).as(host).isEqualTo(Reason.NO_TLS);
        assertThat(outcome.words()).contains("is not accepted");
      }
      assertThat(server.requestCount()).isZero();
    }
  }

  @Test
  void takesTls12() throws Exception {
    try (var server = certificate.server(_ -> {}, "TLSv1.2", RawServer.answering(OK))) {
      assertThat(attempt(HOST, server, trusted())).isInstanceOf(Delivered.class);
    }
  }

  @Test
  void refusesAServerWithoutTls() throws Exception {
    RawServer.Behaviour plainHttp = connection -> connection.write("HTTP/1.1 400 Bad\r\n\r\n");
    RawServer.Behaviour hangsUp = _ -> {};
    try (var server = RawServer.plain(plainHttp, hangsUp)) {
      for (var i = 0; i < 2; i++) {
        assertThat(unreachable(attempt(HOST, server, trusted())).reason()).isEqualTo(Reason.NO_TLS);
      }
    }
  }

  private Outcome attempt(String host, RawServer server, @Nullable TrustManagerFactory trust) {
    try (var fixture = new TargetFixture(names, trust, "127.0.0.0/8")) {
      return fixture.attempt(Shapes.post("https://" + host + ":" + server.port() + "/"));
    }
  }

  private static TrustManagerFactory trusted() throws Exception {
    return certificate.trust();
  }

  private static Unreachable unreachable(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Unreachable.class);
    return (Unreachable) outcome;
  }
}
