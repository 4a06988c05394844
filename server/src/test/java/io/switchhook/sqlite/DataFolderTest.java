package io.switchhook.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path parent;

  @Test
  void folderIsMadeForItsOwnerAlone() throws Exception {
    try (var folder = DataFolder.open(parent.resolve("a/data"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
          .isEqualTo("rwx------");
      assertThat(folder.freeBytes().getAsLong()).isPositive();
    }
  }

  @Test
  void secondOpenerOfThisProcessIsToldWhoHoldsIt() {
    try (var held = DataFolder.open(parent)) {
      assertThatThrownBy(() -> DataFolder.open(held.path()))
          .isInstanceOf(DataFolderException.class)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid())
          .hasMessageContaining("--data");
      // The refusal has not let go of the lock.
      assertThatThrownBy(() -> DataFolder.open(parent)).isInstanceOf(DataFolderException.class);
    }
    DataFolder.open(parent).close();
  }

  @Test
  void openerInAnotherProcessIsToldWhoHoldsIt() throws Exception {
    try (var _ = DataFolder.open(parent)) {
      var output = Files.createTempFile(parent, "opener", ".txt");
      var opener =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-cp",
                      System.getProperty("java.class.path"),
                      Opener.class.getName(),
                      parent.toString()))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();

      assertThat(opener.waitFor()).isEqualTo(3);
      assertThat(output).content().contains("in use by process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void placeThatCannotBeAFolderIsNamed() throws Exception {
    var file = Files.createFile(parent.resolve("file"));

    assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
        .isInstanceOf(DataFolderException.class)
        .hasMessageContaining(file.toString());
  }

  /** Opens the folder that it is told to, in a process of its own. */
  static final class Opener {
    private Opener() {}

    public static void main(String[] arguments) {
      try {
        DataFolder.open(Path.of(arguments[0]));
      } catch (DataFolderException e) {
        IO.println(e.getMessage());
        System.exit(3);
      }
    }
  }
}
