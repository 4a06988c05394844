package io.switchhook.config;

import io.switchhook.config.Section.Item;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the list of sources: what all have in common here, the rest by the source's type. */
final class ReadSources {
  /** More sources are refused. */
  static final int SOURCES_MAX = 1_000;

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
  private static final String DEFAULT_COMPANY = "default";

  private final Map<String, SectionCheck> types;
  private final Section.Origin origin;
  private final List<SettingsMistake> mistakes;

  ReadSources(
      Map<String, SectionCheck> types, Section.Origin origin, List<SettingsMistake> mistakes) {
    this.types = types;
    this.origin = origin;
    this.mistakes = mistakes;
  }

  /** The sources; when something is wrong with them, that is noted. */
  List<SourceSection> read(Item item) {
    if (!(item instanceof Item.Items(var where, var items)) || items.size() > SOURCES_MAX) {
      mistakes.add(
          new SettingsMistake(
              item.where(),
              Keys.SOURCES.name(),
              "",
              "must be a list of at most " + SOURCES_MAX + " sources: - {type: …, name: …}"));
      return List.of();
    }
    var sources = new ArrayList<SourceSection>();
    var names = new HashSet<String>();
    for (int i = 0; i < items.size(); i++) {
      var path = Keys.SOURCES.name() + "[" + i + "]";
      if (items.get(i) instanceof Item.Entries(var at, var entries)) {
        var source = read(new Section(at, path, entries, origin));
        source.ifPresent(sources::add);
        source
            .filter(it -> !names.add(it.name()))
            .ifPresent(
                it ->
                    mistakes.add(
                        new SettingsMistake(
                            at, path + ".name", it.name(), "is the name of another source, too")));
      } else {
        mistakes.add(new SettingsMistake(where, path, "", "must be keys and values"));
      }
    }
    return sources;
  }

  private Optional<SourceSection> read(Section section) {
    var before = mistakes.size();
    var reader = new SectionReader(section, mistakes);
    var type = reader.text("type");
    var name = reader.text("name");
    var company = reader.text("company", DEFAULT_COMPANY);
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      reader.refuse(
          "name",
          "allowed are 1 to 63 lower case letters, digits, - and _, beginning with a letter or"
              + " digit");
    }
    var check = types.get(type);
    if (check != null) {
      check.check(reader);
      reader.refuseOthers();
    } else if (!type.isEmpty()) {
      reader.refuse("type", "is no type of source; allowed is " + allowed());
    }
    return mistakes.size() == before
        ? Optional.of(new SourceSection(type, name, company, section))
        : Optional.empty();
  }

  private String allowed() {
    return String.join(" or ", new TreeSet<>(types.keySet()));
  }
}
