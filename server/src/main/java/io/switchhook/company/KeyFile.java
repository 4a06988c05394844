package io.switchhook.company;

import io.switchhook.event.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Small files of secrets in the data folder, which nobody but their owner may read. */
public final class KeyFile {
  /** The name of the file that holds the key of {@link SecretBox}. */
  public static final String SECRET_KEY = "secret.key";

  /** The name of the file that holds the first admin key. */
  public static final String ADMIN_KEY = "admin.key";

  /** The environment variable that holds the secret key instead of the file. */
  public static final String SECRET_KEY_VARIABLE = "SWITCHHOOK_SECRET_KEY";

  private KeyFile() {}

  /** What came of looking for the secret key. */
  public sealed interface Found {
    /** The 32 bytes. */
    record Key(Bytes bytes) implements Found {}

    /** There is one, but it is not 32 bytes in base64. */
    record Malformed(String words) implements Found {}
  }

  /**
   * The secret key: from the environment when it is there, else from the data folder, where it is
   * made on the first start.
   *
   * @param fromEnvironment the value of {@link #SECRET_KEY_VARIABLE}; null when it is not set
   */
  public static Found secretKey(Path data, @Nullable String fromEnvironment, SecureRandom random)
      throws IOException {
    if (fromEnvironment != null) {
      return parsed(fromEnvironment, "the environment variable " + SECRET_KEY_VARIABLE);
    }
    var file = data.resolve(SECRET_KEY);
    if (Files.exists(file)) {
      return parsed(Files.readString(file), file.toString());
    }
    var bytes = new byte[SecretBox.KEY_SIZE_BYTES];
    random.nextBytes(bytes);
    write(file, Base64.getEncoder().encodeToString(bytes) + "\n");
    return new Found.Key(Bytes.wrap(bytes));
  }

  /** Writes the file anew, readable by its owner alone from its first moment, and syncs it. */
  public static void write(Path file, String text) throws IOException {
    var fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, ownerOnly());
    try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(/* metaData= */ true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static Found parsed(String text, String where) {
    return decoded(text.strip())
        .filter(bytes -> bytes.length == SecretBox.KEY_SIZE_BYTES)
        .<Found>map(bytes -> new Found.Key(Bytes.wrap(bytes)))
        .orElseGet(
            () ->
                new Found.Malformed(
                    where
                        + " must be 32 bytes in base64; make one with: head -c 32 /dev/urandom |"
                        + " base64"));
  }

  private static Optional<byte[]> decoded(String text) {
    try {
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
