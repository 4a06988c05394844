package io.switchhook.command;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds out which process listens on a TCP port of this machine, where Linux's /proc tells. */
final class PortHolder {
  private static final String LISTENING = "0A";
  private static final Pattern SPACES = Pattern.compile(" +");

  private final Path proc;

  PortHolder(Path proc) {
    this.proc = proc;
  }

  /** {@code nginx (process 812)}; empty when that cannot be known. */
  Optional<String> of(int port) {
    try {
      var inodes = new HashSet<String>();
      inodes.addAll(inodesListening(proc.resolve("net/tcp"), port));
      inodes.addAll(inodesListening(proc.resolve("net/tcp6"), port));
      return inodes.isEmpty() ? Optional.empty() : processWith(inodes);
    } catch (IOException | DirectoryIteratorException _) {
      return Optional.empty();
    }
  }

  private static Set<String> inodesListening(Path table, int port) throws IOException {
    var inodes = new HashSet<String>();
    if (!Files.isReadable(table)) {
      return inodes;
    }
    var ending = String.format(":%04X", port);
    // Columns by proc(5): sl, local_address, rem_address, st, …, inode as the tenth.
    for (var line : Files.readAllLines(table)) {
      var columns = SPACES.split(line.strip(), -1);
      if (columns.length > 9 && columns[1].endsWith(ending) && columns[3].equals(LISTENING)) {
        inodes.add("socket:[" + columns[9] + "]");
      }
    }
    return inodes;
  }

  private Optional<String> processWith(Set<String> sockets) throws IOException {
    try (var processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (var process : processes) {
        if (holdsAny(process, sockets)) {
          return Optional.of(nameOf(process) + " (process " + process.getFileName() + ")");
        }
      }
    }
    return Optional.empty();
  }

  private static boolean holdsAny(Path process, Set<String> sockets) {
    try (var descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (var descriptor : descriptors) {
        if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
          return true;
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      return false; // It ended meanwhile, or is somebody else's.
    }
    return false;
  }

  private static String nameOf(Path process) throws IOException {
    var name = process.resolve("comm");
    return Files.isReadable(name) ? Files.readString(name).strip() : "a process";
  }
}
