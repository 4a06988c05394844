package io.switchhook.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;

/** Says before a server is started whether its port is free, and who holds it when it is not. */
public final class Ports {
  private Ports() {}

  /** Why the port cannot be listened on, in words; empty when it can. */
  public static Optional<String> refusal(String bind, int port) {
    if (port == 0) {
      return Optional.empty();
    }
    try (var _ = new ServerSocket(port, 1, InetAddress.getByName(bind))) {
      return Optional.empty();
    } catch (IOException e) {
      var holder = new PortHolder(Path.of("/proc")).of(port);
      return Optional.of(
          holder
              .map(it -> "Port " + port + " is taken by " + it + ".")
              .orElse("Cannot listen on " + bind + " port " + port + ": " + e.getMessage() + "."));
    }
  }
}
