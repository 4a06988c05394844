package io.switchhook.receive;

import io.switchhook.receiver.Proof;
import java.time.InstantSource;

/**
 * How a receiver is set up.
 *
 * @param host address to listen on
 * @param port 0 takes a free one
 * @param clock what time it is
 */
public record ReceiverSettings(
    String host, int port, Proof proof, AnswerScript script, InstantSource clock) {
  /** A receiver on a free port of loopback that asks for nothing and answers as scripted. */
  public static ReceiverSettings onLoopback(AnswerScript script) {
    return new ReceiverSettings("127.0.0.1", 0, Proof.ofNothing(), script, InstantSource.system());
  }
}
