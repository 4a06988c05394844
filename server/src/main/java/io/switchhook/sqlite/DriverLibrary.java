package io.switchhook.sqlite;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/*
 * SQLite's driver comes with its library for every system, packed. Left to itself it asks the system
 * by a command which one it is, unpacks that library into the folder for temporary files, and compares
 * what it has written: a good part of a server's start, and a file that stays behind a kill -9. The
 * build has unpacked the libraries beside the program; where one fits, the driver is told of it.
 */
/** The driver's library for this system, as it lies beside the program. */
final class DriverLibrary {
  private static final String FOLDER_PROPERTY = "org.sqlite.lib.path";
  private static final Path MUSL = Path.of("/lib/ld-musl-x86_64.so.1");

  private DriverLibrary() {}

  /** Tells the driver where its library is, unless somebody has or none fits. */
  static void point() {
    if (System.getProperty(FOLDER_PROPERTY) == null) {
      beside(DriverLibrary.class.getProtectionDomain().getCodeSource())
          .map(lib -> lib.resolve(system()).resolve(processor()))
          .filter(Files::isDirectory)
          .ifPresent(folder -> System.setProperty(FOLDER_PROPERTY, folder.toString()));
    }
  }

  private static Optional<Path> beside(CodeSource program) {
    try {
      return Optional.ofNullable(Path.of(program.getLocation().toURI()).getParent())
          .map(folder -> folder.resolve("native/org/sqlite/native"));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** As the driver names its folders. */
  private static String system() {
    var name = System.getProperty("os.name");
    if (name.startsWith("Mac")) {
      return "Mac";
    }
    return name.equals("Linux") && Files.exists(MUSL) ? "Linux-Musl" : name;
  }

  private static String processor() {
    var name = System.getProperty("os.arch");
    return name.equals("amd64") ? "x86_64" : name;
  }
}
