package io.switchhook.source.asterisk.live;

import io.switchhook.config.SectionReader;
import io.switchhook.source.asterisk.AsteriskUser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads users from a section of the settings, and says of any user what is wrong. */
final class ReadUsers {
  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9 ()-]{2,24}");
  private static final int TEXT_LENGTH_MAX = 200;

  private ReadUsers() {}

  static List<AsteriskUser> of(SectionReader section) {
    var users = new ArrayList<AsteriskUser>();
    var ids = new HashSet<String>();
    for (var entry : section.sections("users")) {
      var user =
          new AsteriskUser(
              entry.text("id"),
              entry.text("name", ""),
              entry.text("email", ""),
              entry.text("number", ""),
              entry.text("extension", ""),
              entry.text("channel", ""),
              entry.text("dial", ""),
              entry.text("member", ""));
      entry.refuseOthers();
      problem(user)
          .or(() -> ids.add(user.id()) ? Optional.empty() : Optional.of("has another's id"))
          .ifPresentOrElse(it -> entry.refuse("id", it), () -> users.add(tidied(user)));
    }
    return users;
  }

  /** What is wrong with a user, behind its place. */
  static Optional<String> problem(AsteriskUser user) {
    if (user.id().isEmpty()) {
      return Optional.of("has no id");
    }
    if (!user.number().isEmpty() && !NUMBER.matcher(user.number()).matches()) {
      return Optional.of("has a number that is none; write it with its country code");
    }
    if (user.extension().isEmpty()
        && user.number().isEmpty()
        && user.channel().isEmpty()
        && user.dial().isEmpty()
        && user.member().isEmpty()) {
      return Optional.of(
          "has nothing by which the user is known: extension, number, channel, dial or member");
    }
    for (var text : List.of(user.id(), user.name(), user.email(), user.channel(), user.dial())) {
      if (text.length() > TEXT_LENGTH_MAX) {
        return Optional.of("has a text of over " + TEXT_LENGTH_MAX + " characters");
      }
    }
    return Optional.empty();
  }

  /** The user with the number as digits alone. */
  static AsteriskUser tidied(AsteriskUser user) {
    return new AsteriskUser(
        user.id(),
        user.name(),
        user.email(),
        user.number().replaceAll("[^0-9]", ""),
        user.extension(),
        user.channel(),
        user.dial(),
        user.member());
  }

  /** All users: those of the settings, and those of the file that have another id. */
  static List<AsteriskUser> together(List<AsteriskUser> settings, List<AsteriskUser> file) {
    var users = new LinkedHashMap<String, AsteriskUser>();
    settings.forEach(user -> users.put(user.id(), user));
    file.forEach(user -> users.putIfAbsent(user.id(), user));
    return List.copyOf(users.values());
  }
}
