package io.switchhook.source.asterisk.live;

import io.switchhook.source.asterisk.AsteriskUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users of a file, read again when it changes. A file with mistakes changes nothing: the users
 * that were there stay, and the mistakes are logged and told. For one thread, but for {@link
 * #problems}.
 */
final class UsersFile {
  private static final Logger LOG = LoggerFactory.getLogger(UsersFile.class);

  private final String source;
  private final Path file;
  private @Nullable Stamp seen;
  private List<AsteriskUser> users = List.of();
  private volatile List<String> problems = List.of();

  /** What shows that a file was changed. */
  private record Stamp(FileTime changedAt, long size) {}

  UsersFile(String source, Path file) {
    this.source = source;
    this.file = file;
  }

  /** The users, when the file has changed since it was looked at last and has no mistakes. */
  Optional<List<AsteriskUser>> changed() {
    try {
      var now = new Stamp(Files.getLastModifiedTime(file), Files.size(file));
      if (now.equals(seen)) {
        return Optional.empty();
      }
      seen = now;
      return read(UsersCsv.read(file));
    } catch (IOException e) {
      if (seen != null || problems.isEmpty()) {
        refuse(List.of("it cannot be read (" + e.getClass().getSimpleName() + ")"));
      }
      seen = null;
      return Optional.empty();
    }
  }

  private Optional<List<AsteriskUser>> read(UsersCsv.Content content) {
    if (!content.mistakes().isEmpty()) {
      refuse(content.mistakes());
      return Optional.empty();
    }
    users = content.users();
    problems = List.of();
    LOG.atInfo()
        .addKeyValue("source", source)
        .addKeyValue("users", users.size())
        .log("source.users_read");
    return Optional.of(users);
  }

  private void refuse(List<String> mistakes) {
    problems =
        mistakes.stream()
            .map(
                it ->
                    "users-file "
                        + file.getFileName()
                        + ": "
                        + it
                        + "; the "
                        + users.size()
                        + " users that were read before stay.")
            .toList();
    problems.forEach(it -> LOG.atWarn().addKeyValue("source", source).log(it));
  }

  /** What is wrong with the file as it is now. */
  List<String> problems() {
    return problems;
  }
}
