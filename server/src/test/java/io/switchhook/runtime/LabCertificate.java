package io.switchhook.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A self-signed certificate in PEM files, made by the JDK's own keytool. */
final class LabCertificate {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private LabCertificate() {}

  /** Makes {@code ami.pem}, the certificate alone, and {@code ami-key.pem}, with its key. */
  static void make(Path folder) throws IOException, InterruptedException {
    var store = folder.resolve("ami.p12");
    keytool(store);
    try (var in = Files.newInputStream(store)) {
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD);
      var certificate = pem("CERTIFICATE", keys.getCertificate("ami").getEncoded());
      var key = pem("PRIVATE KEY", keys.getKey("ami", PASSWORD).getEncoded());
      Files.writeString(folder.resolve("ami.pem"), certificate);
      Files.writeString(folder.resolve("ami-key.pem"), certificate + key);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static void keytool(Path store) throws IOException, InterruptedException {
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var process =
        new ProcessBuilder(
                List.of(
                    keytool,
                    "-genkeypair",
                    "-alias",
                    "ami",
                    "-keyalg",
                    "RSA",
                    "-keysize",
                    "2048",
                    "-dname",
                    "CN=a-name-of-its-own",
                    "-validity",
                    "2",
                    "-keystore",
                    store.toString(),
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    new String(PASSWORD)))
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool failed: " + said);
    }
  }

  private static String pem(String what, byte[] bytes) {
    var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }
}
