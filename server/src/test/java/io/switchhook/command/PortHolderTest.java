package io.switchhook.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class PortHolderTest {
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /proc")
  void ownListeningPortIsHeldByThisProcess() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(new PortHolder(Path.of("/proc")).of(socket.getLocalPort()))
          .hasValueSatisfying(
              holder ->
                  assertThat(holder).contains("(process " + ProcessHandle.current().pid() + ")"));
    }
  }

  @Test
  void whereNothingTellsNobodyIsNamed() {
    assertThat(new PortHolder(Path.of("/nowhere")).of(80)).isEmpty();
  }
}
