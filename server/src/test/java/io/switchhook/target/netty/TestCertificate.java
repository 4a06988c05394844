package io.switchhook.target.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate, made by the JDK's own keytool, and servers that show it. */
record TestCertificate(Path store, String host) {
  static final String PASSWORD = "changeit";

  /** A new certificate for this host in a new file of the folder. */
  static TestCertificate make(Path folder, String host) throws IOException, InterruptedException {
    var store = folder.resolve("receiver.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var command =
        List.of(
            keytool,
            "-genkeypair",
            "-alias",
            "receiver",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=" + host,
            "-ext",
            "san=dns:" + host,
            "-validity",
            "2",
            "-keystore",
            store.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD);
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException("keytool failed: " + said);
    }
    return new TestCertificate(store, host);
  }

  /**
   * A server with this certificate and one version of TLS; says which host each client asks for.
   */
  RawServer server(Consumer<String> sni, String version, RawServer.Behaviour behaviour)
      throws IOException, GeneralSecurityException {
    var keys = keys();
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    var socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    socket.setEnabledProtocols(new String[] {version});
    var parameters = socket.getSSLParameters();
    parameters.setSNIMatchers(List.of(new Listening(sni)));
    socket.setSSLParameters(parameters);
    return new RawServer(socket, behaviour);
  }

  /** Trusts this certificate and no other. */
  TrustManagerFactory trust() throws IOException, GeneralSecurityException {
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys());
    return trust;
  }

  private KeyStore keys() throws IOException, GeneralSecurityException {
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static final class Listening extends SNIMatcher {
    private final Consumer<String> heard;

    Listening(Consumer<String> heard) {
      super(/* type= host name */ 0);
      this.heard = heard;
    }

    @Override
    public boolean matches(SNIServerName name) {
      heard.accept(new SNIHostName(name.getEncoded()).getAsciiName());
      return true;
    }
  }
}
