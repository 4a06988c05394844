package io.switchhook.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServerProcessTest {
  @Test
  void serversThatAreMeasuredHaveTheHeapThatUsersGet() throws IOException {
    var script = Files.readString(Path.of("../switchhook"));

    assertThat(script).contains("heap=\"" + String.join(" ", ServerProcess.HEAP) + "\"\n");
  }
}
