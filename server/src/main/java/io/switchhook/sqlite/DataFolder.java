package io.switchhook.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The folder that holds all data of one server, with an exclusive lock on it for as long as this is
 * open. The lock goes with the process, however it ends.
 */
public final class DataFolder implements AutoCloseable {
  private static final String LOCK_FILE = "lock";

  /** A process id has fewer digits. */
  private static final int PID_BYTES_MAX = 20;

  /*
   * The folders that this process holds. A lock belongs to the whole process, and closing any channel to the file would let go
   * of it; so a second opener within the process must not even open it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lock;
  private final FileStore disk;

  private DataFolder(Path path, FileChannel lock, FileStore disk) {
    this.path = path;
    this.lock = lock;
    this.disk = disk;
  }

  /**
   * Makes the folder when there is none, for its owner alone (0700), and locks it.
   *
   * @throws DataFolderException when it cannot be made, or somebody holds it; the message says who
   *     and what to do
   */
  public static DataFolder open(Path folder) {
    Path real;
    try {
      make(folder);
      real = folder.toRealPath();
    } catch (IOException e) {
      throw new DataFolderException(
          "cannot use the data folder "
              + folder
              + ": "
              + reason(e)
              + "; name another one, or make it writable",
          e);
    }
    if (!HELD.add(real)) {
      throw held(real, Long.toString(ProcessHandle.current().pid()));
    }
    boolean done = false;
    try {
      var opened = new DataFolder(real, lock(real), Files.getFileStore(real));
      done = true;
      return opened;
    } catch (IOException e) {
      throw new DataFolderException("cannot lock the data folder " + real + ": " + reason(e), e);
    } finally {
      if (!done) {
        HELD.remove(real);
      }
    }
  }

  private static void make(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix) {
      var ownerOnly =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
      Files.createDirectories(folder, ownerOnly);
    } else {
      Files.createDirectories(folder);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    var file = folder.resolve(LOCK_FILE);
    var channel = FileChannel.open(file, CREATE, READ, WRITE);
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
      if (!locked) {
        throw held(folder, pidIn(channel));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)), 0);
      return channel;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private static String pidIn(FileChannel channel) throws IOException {
    var buffer = ByteBuffer.allocate(PID_BYTES_MAX);
    channel.read(buffer, 0);
    return new String(buffer.array(), 0, buffer.position(), UTF_8).strip();
  }

  private static DataFolderException held(Path folder, String pid) {
    var holder = pid.matches("[0-9]+") ? "process " + pid : "another process";
    return new DataFolderException(
        "the data folder "
            + folder
            + " is in use by "
            + holder
            + "; stop it first, or name another folder with --data",
        null);
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + " " + e.getMessage();
  }

  /** The folder itself, as an absolute path without links. */
  public Path path() {
    return path;
  }

  /** The file or folder of this name in it. */
  public Path resolve(String name) {
    return path.resolve(name);
  }

  /**
   * How many bytes a process of this user can still write to the folder's disk. Cheap enough to ask
   * before each group of writes.
   */
  public LongSupplier freeBytes() {
    return () -> {
      try {
        return disk.getUsableSpace();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot tell how much is free in " + path, e);
      }
    };
  }

  /** Lets go of the lock. Safe to call twice. */
  @Override
  public void close() {
    if (!lock.isOpen()) {
      return;
    }
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot let go of the lock on " + path, e);
    } finally {
      HELD.remove(path);
    }
  }
}
