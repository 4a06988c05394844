package io.switchhook.source.asterisk.line;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Opens the connection, and says in words why it cannot be opened. */
final class OpenSocket {
  private OpenSocket() {}

  static Socket open(LineSettings settings) throws LineException {
    // Closed by whoever gets it; on every failure here.
    @SuppressWarnings("resource")
    var socket = new Socket();
    try {
      var millis = (int) settings.pace().answer().toMillis();
      socket.connect(new InetSocketAddress(settings.host(), settings.port()), millis);
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      return settings.tls() ? encrypted(socket, settings) : socket;
    } catch (IOException | GeneralSecurityException e) {
      close(socket);
      throw new LineException(words(settings, e), e);
    }
  }

  private static Socket encrypted(Socket plain, LineSettings settings)
      throws IOException, GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    var certificate = settings.tlsCertificate();
    context.init(null, certificate == null ? null : trusted(certificate).getTrustManagers(), null);
    var socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(plain, settings.host(), settings.port(), /* autoClose= */ true);
    if (certificate == null) {
      var parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
    }
    socket.setSoTimeout((int) settings.pace().answer().toMillis());
    socket.startHandshake();
    socket.setSoTimeout(0);
    return socket;
  }

  private static TrustManagerFactory trusted(Path file)
      throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    try (var in = Files.newInputStream(file)) {
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("trusted-" + number++, certificate);
      }
    }
    if (number == 0) {
      throw new CertificateException(file + " holds no certificate");
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is not used any more, whatever became of it.
    }
  }

  private static String words(LineSettings settings, Exception e) {
    var place = settings.place();
    return switch (e) {
      case UnknownHostException _ ->
          "The host " + settings.host() + " is not known to the name service.";
      case ConnectException _ ->
          "Nothing listens at "
              + place
              + ": is Asterisk running, and has manager.conf enabled = yes, this port and a"
              + " bindaddr that is reachable from here?";
      case SocketTimeoutException _ ->
          "No answer from " + place + ": a firewall, or a host that is down.";
      case NoRouteToHostException _ -> "There is no way to " + place + ".";
      case NoSuchFileException missing -> "There is no file " + missing.getFile() + ".";
      case SSLException _, CertificateException _ ->
          "TLS with "
              + place
              + " fails ("
              + e.getMessage()
              + "): is tlsenable = yes and this the tlsbindaddr? A certificate of your own is"
              + " named with tls-certificate.";
      default -> "Cannot connect to " + place + ": " + e.getMessage() + ".";
    };
  }
}
