package io.switchhook.sqlite;

import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/*
 * SQLite's driver comes with its library for every system, packed. Left to itself it asks the system
 * by a command which one it is, unpacks that library into the folder for temporary files, and compares
 * what it has written: a good part of a server's start, and a file that stays behind a kill -9. The
 * build has unpacked the libraries beside the program; where one fits, the driver is told of it.
 */
/** The driver's library for this system, as it lies beside the program. */
final class DriverLibrary {
  private static final String FOLDER_PROPERTY = "org.sqlite.lib.path";
  private static final List<Path> OF_GLIBC =
      List.of(Path.of("/lib64/ld-linux-x86-64.so.2"), Path.of("/lib/ld-linux-aarch64.so.1"));

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

  /** Empty where the program does not lie in a folder: the driver then helps itself. */
  private static Optional<Path> beside(@Nullable CodeSource program) {
    try {
      return program == null
          ? Optional.empty()
          : Optional.ofNullable(Path.of(program.getLocation().toURI()).getParent())
              .map(folder -> folder.resolve("native/org/sqlite/native"));
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty();
    }
  }

  /** As the driver names its folders. */
  private static String system() {
    var name = System.getProperty("os.name");
    if (name.startsWith("Mac")) {
      return "Mac";
    }
    return name.equals("Linux") && OF_GLIBC.stream().noneMatch(Files::exists) ? "Linux-Musl" : name;
  }

  private static String processor() {
    var name = System.getProperty("os.arch");
    return name.equals("amd64") ? "x86_64" : name;
  }
}
