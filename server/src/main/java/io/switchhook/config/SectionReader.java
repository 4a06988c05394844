package io.switchhook.config;

import io.switchhook.config.Key.Read;
import io.switchhook.config.Section.Item;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a {@link Section} key by key, and notes all that is wrong with it. What is wrong or missing
 * comes back as a stand-in: nothing that was read may be used when a mistake was noted. For one
 * thread.
 */
public final class SectionReader {
  /** More entries of a list are refused. */
  public static final int ITEMS_MAX = 10_000;

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
  private static final String SECRET_SHOWN = "••••";

  private final Section section;
  private final List<SettingsMistake> mistakes;
  private final Set<String> known = new LinkedHashSet<>();

  /** A reader of {@code section} that adds what is wrong to {@code mistakes}. */
  public SectionReader(Section section, List<SettingsMistake> mistakes) {
    this.section = section;
    this.mistakes = mistakes;
  }

  /** True when something was written for the key. */
  public boolean has(String name) {
    known.add(name);
    return section.entries().containsKey(name);
  }

  /** A text that must be there. */
  public String text(String name) {
    var text = optionalText(name);
    if (text.isEmpty() && !has(name)) {
      mistakes.add(
          new SettingsMistake(section.where(), pathOf(name), "", "is required, and missing"));
    }
    return text.orElse("");
  }

  /** A text, or what holds when none is there. */
  public String text(String name, String byDefault) {
    return optionalText(name).orElse(byDefault);
  }

  /** A text that may be left out. */
  public Optional<String> optionalText(String name) {
    return item(name).flatMap(item -> scalar(name, item));
  }

  /**
   * A text in which <code>${NAME}</code> stands for a variable of the environment. It is never
   * shown in a mistake.
   */
  public Optional<String> optionalSecret(String name) {
    return optionalText(name).flatMap(text -> resolved(name, text));
  }

  /** A secret that must be there. */
  public String secret(String name) {
    var text = text(name);
    return text.isEmpty() ? "" : resolved(name, text).orElse("");
  }

  /** A whole number from {@code min} to {@code max}. */
  public int wholeNumber(String name, int min, int max, int byDefault) {
    return value(name, ValueTypes.wholeNumber(min, max)).orElse(byDefault);
  }

  /** A duration within a range, all of them as they are written: {@code 30s}. */
  public Duration duration(String name, String min, String max, String byDefault) {
    var type = ValueTypes.duration(min, max);
    return value(name, type).orElseGet(() -> known(type, byDefault));
  }

  /** True or false. */
  public boolean truth(String name, boolean byDefault) {
    return value(
            name,
            ValueType.<Boolean>scalar(
                "true or false",
                text ->
                    switch (text) {
                      case "true" -> Optional.of(true);
                      case "false" -> Optional.of(false);
                      default -> Optional.empty();
                    }))
        .orElse(byDefault);
  }

  /** One of the words. */
  public String choice(String name, List<String> words, String byDefault) {
    return value(
            name,
            ValueType.scalar(
                String.join(" or ", words), text -> Optional.of(text).filter(words::contains)))
        .orElse(byDefault);
  }

  /** A list of texts; empty when the key is left out. One text alone stands for a list of one. */
  public List<String> texts(String name) {
    var texts = new ArrayList<String>();
    for (var item : items(name)) {
      scalar(name, item).ifPresent(texts::add);
    }
    return List.copyOf(texts);
  }

  /** Texts by name, in their order; empty when the key is left out. */
  public Map<String, String> textsByName(String name) {
    var texts = new LinkedHashMap<String, String>();
    switch (item(name).orElse(null)) {
      case null -> {}
      case Item.Entries(_, var entries) ->
          entries.forEach(
              (key, item) ->
                  scalar(name + "." + key, item).ifPresent(text -> texts.put(key, text)));
      case Item other -> refuse(name, other, "must be names and values, such as {name: value}");
    }
    return texts;
  }

  /** The section under a key. */
  public Optional<SectionReader> section(String name) {
    return item(name).flatMap(item -> sectionOf(name, item));
  }

  /** A list of sections; empty when the key is left out. */
  public List<SectionReader> sections(String name) {
    var sections = new ArrayList<SectionReader>();
    var items = items(name);
    for (int i = 0; i < items.size(); i++) {
      sectionOf(name + "[" + i + "]", items.get(i)).ifPresent(sections::add);
    }
    return sections;
  }

  /** A file; a relative path begins in the folder of the settings file. */
  public Optional<Path> file(String name) {
    return value(name, ValueTypes.directory())
        .map(path -> section.origin().folder().resolve(path).normalize());
  }

  /** Notes that what was written for a key is not allowed. */
  public void refuse(String name, String problem) {
    var item = section.entries().get(name);
    mistakes.add(
        new SettingsMistake(
            item == null ? section.where() : item.where(),
            pathOf(name),
            item instanceof Item.Text(_, var text) ? text : "",
            problem));
  }

  /** Notes that a secret that was written for a key is not allowed, without showing it. */
  public void refuseSecret(String name, String problem) {
    var item = section.entries().get(name);
    mistakes.add(
        new SettingsMistake(
            item == null ? section.where() : item.where(),
            pathOf(name),
            item == null ? "" : SECRET_SHOWN,
            problem));
  }

  /** Notes every key that nobody asked for; call it when all was read. */
  public void refuseOthers() {
    section
        .entries()
        .forEach(
            (name, item) -> {
              if (!known.contains(name)) {
                // Without the value: it may be a secret under a misspelt key.
                mistakes.add(
                    new SettingsMistake(
                        item.where(),
                        pathOf(name),
                        "",
                        "is no setting here; there are " + String.join(", ", known)));
              }
            });
  }

  private Optional<Item> item(String name) {
    known.add(name);
    return switch (section.entries().get(name)) {
      case null -> Optional.empty();
      case Item.Nothing nothing -> {
        refuse(name, nothing, "has no value; leave the key out for its default");
        yield Optional.empty();
      }
      case Item item -> Optional.of(item);
    };
  }

  private List<Item> items(String name) {
    return switch (item(name).orElse(null)) {
      case null -> List.of();
      case Item.Items(_, var items) when items.size() <= ITEMS_MAX -> items;
      case Item.Items tooMany -> {
        refuse(name, tooMany, "has over " + ITEMS_MAX + " entries");
        yield List.of();
      }
      case Item one -> List.of(one);
    };
  }

  private Optional<SectionReader> sectionOf(String name, Item item) {
    if (item instanceof Item.Entries(var where, var entries)) {
      return Optional.of(
          new SectionReader(new Section(where, pathOf(name), entries, section.origin()), mistakes));
    }
    refuse(name, item, "must be keys and values, such as {key: value}");
    return Optional.empty();
  }

  private Optional<String> scalar(String name, Item item) {
    return switch (item) {
      case Item.Text(_, var text) when !text.isBlank() && text.chars().noneMatch(c -> c < ' ') ->
          Optional.of(text);
      case Item.Text text -> {
        refuse(name, text, "must be a text on one line, and not empty");
        yield Optional.empty();
      }
      case Item other -> {
        refuse(name, other, "must be one value");
        yield Optional.empty();
      }
    };
  }

  private <T> Optional<T> value(String name, ValueType<T> type) {
    return optionalText(name)
        .flatMap(
            text ->
                switch (type.read(List.of(text))) {
                  case Read.Value<T>(T value) -> Optional.of(value);
                  case Read.Refused<T>(_, var problem) -> {
                    refuse(name, problem);
                    yield Optional.empty();
                  }
                });
  }

  private static <T> T known(ValueType<T> type, String text) {
    return switch (type.read(List.of(text))) {
      case Read.Value<T>(T value) -> value;
      case Read.Refused<T>(_, var problem) -> throw new IllegalStateException(problem);
    };
  }

  private Optional<String> resolved(String name, String text) {
    var unset = new ArrayList<String>();
    var resolved =
        VARIABLE
            .matcher(text)
            .replaceAll(
                match -> {
                  var value = section.origin().variables().get(match.group(1));
                  if (value == null || value.isEmpty()) {
                    unset.add(match.group(1));
                  }
                  return Matcher.quoteReplacement(value == null ? "" : value);
                });
    if (unset.isEmpty()) {
      return Optional.of(resolved);
    }
    var where = section.entries().get(name);
    mistakes.add(
        new SettingsMistake(
            where == null ? section.where() : where.where(),
            pathOf(name),
            SECRET_SHOWN,
            "names " + String.join(", ", unset) + ", which the environment does not set"));
    return Optional.empty();
  }

  private void refuse(String name, Item item, String problem) {
    mistakes.add(new SettingsMistake(item.where(), pathOf(name), "", problem));
  }

  private String pathOf(String name) {
    return section.path() + "." + name;
  }
}
