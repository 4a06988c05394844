package io.switchhook.command;

import io.switchhook.command.client.CommandFailedException;
import io.switchhook.company.Author;
import io.switchhook.company.Change;
import io.switchhook.company.Companies;
import io.switchhook.company.Company;
import io.switchhook.company.FieldMistake;
import io.switchhook.company.Keys;
import io.switchhook.company.NewKey;
import io.switchhook.event.CompanyId;
import io.switchhook.sqlite.DataFolder;
import io.switchhook.sqlite.DataFolderException;
import io.switchhook.sqlite.Database;
import io.switchhook.sqlite.DatabaseException;
import io.switchhook.sqlite.DatabaseSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Makes keys in the data folder of a server that is stopped. */
final class OfflineKeys {
  private static final String STATE_FILE = "state.db";

  private OfflineKeys() {}

  /** True when a server holds the folder: then it has to be asked. */
  static boolean isServing(Path data) {
    if (!Files.exists(data.resolve(STATE_FILE))) {
      throw new CommandFailedException("There is no data of Switchhook in " + data + ".");
    }
    try (var _ = DataFolder.open(data)) {
      return false;
    } catch (DataFolderException _) {
      return true;
    }
  }

  /** The text of a new key. */
  static String add(Path data, String company, KeyCommand.NewKeyOptions options) {
    try (var folder = DataFolder.open(data);
        var database =
            Database.open(
                DatabaseSettings.of(folder.resolve(STATE_FILE), /* onFatal= */ _ -> {}))) {
      var clock = InstantSource.system();
      var random = new SecureRandom();
      var holder = options.whose.admin ? null : find(database, company, clock, random);
      return made(Keys.open(database, clock, random), holder, options);
    } catch (DataFolderException | DatabaseException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()));
    }
  }

  private static CompanyId find(
      Database database, String company, InstantSource clock, SecureRandom random) {
    return Companies.open(database, clock, random)
        .find(company)
        .map(Company::id)
        .orElseThrow(
            () ->
                new CommandFailedException(
                    "There is no company " + company + "; name another with --company."));
  }

  private static String made(
      Keys keys, @Nullable CompanyId holder, KeyCommand.NewKeyOptions options) {
    var json = options.json();
    var added = Author.COMMAND_LINE.asking(() -> keys.add(holder, json));
    return switch (added.toCompletableFuture().join()) {
      case Change.Done<NewKey>(var made) -> made.text();
      case Change.Refused<NewKey>(var mistakes) ->
          throw refused(mistakes.stream().map(FieldMistake::problem).toList().toString());
      case Change.Conflict<NewKey>(var words) -> throw refused(words);
      case Change.Unavailable<NewKey>(var words) -> throw refused(words);
      case Change.NotFound<NewKey>() -> throw refused("the company is gone");
      case Change.Stale<NewKey>(long revision) -> throw refused("changed: " + revision);
    };
  }

  private static CommandFailedException refused(String words) {
    return new CommandFailedException("No key was made: " + words);
  }
}
