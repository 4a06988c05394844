package io.switchhook.source.asterisk.line;

import io.switchhook.source.asterisk.ami.AmiMessage;
import io.switchhook.source.asterisk.line.AmiSession.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

/** Logs in: with an MD5 challenge, or plainly where the server knows no challenge. */
final class LogIn {
  private LogIn() {}

  /**
   * Returns when the account is let in, and events come.
   *
   * @param heard told of it on the reading thread, before the first event
   */
  static void logIn(AmiSession session, LineSettings settings, Runnable heard)
      throws LineException, InterruptedException {
    var patience = settings.pace().answer();
    var banner = session.banner(patience);
    if (!banner.startsWith("Asterisk Call Manager")) {
      throw new LineException("What answers at " + settings.place() + " is no Asterisk.");
    }
    var challenge = session.ask(patience, AmiMessage.of("Action", "Challenge", "AuthType", "MD5"));
    var login =
        challenge.isSuccess()
            ? AmiMessage.of(
                "Action",
                "Login",
                "AuthType",
                "MD5",
                "Username",
                settings.username(),
                "Key",
                md5(challenge.response().text("Challenge") + settings.secret()),
                "Events",
                "on")
            : AmiMessage.of(
                "Action",
                "Login",
                "Username",
                settings.username(),
                "Secret",
                settings.secret(),
                "Events",
                "on");
    Consumer<Reply> inOrder =
        reply -> {
          if (reply.isSuccess()) {
            heard.run();
          }
        };
    var reply = session.ask(patience, login, inOrder);
    if (!reply.isSuccess()) {
      throw new LineException(
          "Asterisk does not let in the account "
              + settings.username()
              + " ("
              + reply.words()
              + "): compare username and secret with its section in manager.conf, and look whether"
              + " its permit and deny let this machine in.",
          /* refusesLogin= */ true);
    }
  }

  private static String md5(String text) {
    try {
      // What the protocol asks for; the secret itself does not go over the line.
      var digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
