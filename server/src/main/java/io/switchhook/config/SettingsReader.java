package io.switchhook.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads settings: defaults, then the file, then the environment, then the command line. */
public final class SettingsReader {
  private static final String FLAG = "command line";
  private static final String VARIABLE_PREFIX = "SWITCHHOOK_";

  private final Map<String, Key<?>> keys = new LinkedHashMap<>();
  private final Map<String, Object> values = new HashMap<>();
  private final List<SettingsMistake> mistakes = new ArrayList<>();

  private List<SourceSection> sourceSections = List.of();

  private SettingsReader() {
    for (var key : Keys.ALL) {
      keys.put(key.name(), key);
    }
  }

  /** The settings of a program without any type of source, or everything that is wrong. */
  public static SettingsResult read(SettingsSources sources) {
    return read(sources, Map.of());
  }

  /**
   * The settings, or everything that is wrong with them.
   *
   * @param sourceTypes by the word that stands as a source's type, who reads its section
   */
  public static SettingsResult read(
      SettingsSources sources, Map<String, SectionCheck> sourceTypes) {
    var reader = new SettingsReader();
    var strongest = new LinkedHashMap<String, Given>();
    reader.fromFile(sources, sourceTypes).forEach(given -> reader.take(given, strongest));
    reader.fromEnvironment(sources.environment()).forEach(given -> reader.take(given, strongest));
    sources
        .overrides()
        .forEach(
            (key, texts) ->
                reader.take(new Given(FLAG, key, texts, ValueType.Form.LIST), strongest));
    for (var key : Keys.ALL) {
      reader.setValue(key, strongest.get(key.name()));
    }
    return reader.mistakes.isEmpty()
        ? new SettingsResult.Complete(Keys.tree(reader.new Values()))
        : new SettingsResult.Mistaken(reader.mistakes);
  }

  private List<Given> fromFile(SettingsSources sources, Map<String, SectionCheck> sourceTypes) {
    var file = sources.file();
    if (file == null) {
      return List.of();
    }
    var content = YamlFile.read(file);
    mistakes.addAll(content.mistakes());
    var folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
    if (content.sources() != null) {
      var origin = new Section.Origin(folder, sources.variables());
      sourceSections = new ReadSources(sourceTypes, origin, mistakes).read(content.sources());
    }
    return content.given();
  }

  private List<Given> fromEnvironment(Map<String, String> environment) {
    var all = new ArrayList<Given>();
    var known = new HashMap<String, Key<?>>();
    keys.values().stream()
        .filter(key -> !key.equals(Keys.SOURCES))
        .forEach(key -> known.put(key.environmentName(), key));
    environment.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry -> {
              var key = known.get(entry.getKey());
              if (key != null) {
                all.add(fromVariable(key, entry.getKey(), entry.getValue()));
              } else if (looksLikeKey(entry.getKey())) {
                mistakes.add(
                    new SettingsMistake(
                        "environment",
                        entry.getKey(),
                        entry.getValue(),
                        "is no setting" + suggestion(entry.getKey(), known.keySet())));
              }
            });
    return all;
  }

  private static Given fromVariable(Key<?> key, String variable, String text) {
    if (key.type().form() == ValueType.Form.SCALAR) {
      return new Given("environment " + variable, key.name(), List.of(text), ValueType.Form.SCALAR);
    }
    var items = List.of(text.split(",")).stream().map(String::strip).toList();
    return new Given(
        "environment " + variable,
        key.name(),
        text.isBlank() ? List.of() : items,
        ValueType.Form.LIST);
  }

  /** Other variables with our prefix belong to the scripts and to secrets. */
  private boolean looksLikeKey(String variable) {
    return variable.startsWith(VARIABLE_PREFIX)
        && keys.keySet().stream()
            .map(name -> VARIABLE_PREFIX + name.replaceFirst("\\..*", "_").toUpperCase(Locale.ROOT))
            .anyMatch(variable::startsWith);
  }

  private void take(Given given, Map<String, Given> strongest) {
    var key = keys.get(given.key());
    if (key == null) {
      takeUnknown(given);
      return;
    }
    boolean isList = key.type().form() == ValueType.Form.LIST;
    if (given.texts().isEmpty() && given.form() == ValueType.Form.SCALAR) {
      mistakes.add(mistake(given, "has no value; leave the key out for its default"));
      return;
    }
    boolean comesFromFlag = given.where().equals(FLAG);
    if (!comesFromFlag && isList != (given.form() == ValueType.Form.LIST)) {
      mistakes.add(
          mistake(
              given,
              (isList
                      ? "must be a list in brackets; allowed is "
                      : "must not be a list; allowed is ")
                  + key.type().allowed()));
      return;
    }
    strongest.merge(
        given.key(),
        given,
        (weaker, stronger) -> isList && comesFromFlag ? joined(weaker, stronger) : stronger);
  }

  private void takeUnknown(Given given) {
    boolean isEmptySection =
        given.texts().isEmpty()
            && keys.keySet().stream().anyMatch(name -> name.startsWith(given.key() + "."));
    if (!isEmptySection) {
      mistakes.add(mistake(given, "is no setting" + suggestion(given.key(), keys.keySet())));
    }
  }

  private static Given joined(Given weaker, Given stronger) {
    var texts = new ArrayList<>(weaker.texts());
    texts.addAll(stronger.texts());
    return new Given(
        weaker.where() + " and " + stronger.where(), stronger.key(), texts, ValueType.Form.LIST);
  }

  private <T> void setValue(Key<T> key, @Nullable Given given) {
    if (given == null) {
      values.put(key.name(), (Object) key.defaultValue());
      return;
    }
    switch (key.read(given.texts())) {
      case Key.Read.Value<T>(T value) -> values.put(key.name(), (Object) value);
      case Key.Read.Refused<T>(String text, String problem) ->
          mistakes.add(new SettingsMistake(given.where(), key.name(), text, problem));
    }
  }

  private static SettingsMistake mistake(Given given, String problem) {
    return new SettingsMistake(given.where(), given.key(), given.shown(), problem);
  }

  private static String suggestion(String written, Iterable<String> names) {
    return nearest(written, names)
        .map(name -> "; did you mean " + name + "?")
        .orElse("; --print-default-config shows all there are");
  }

  private static Optional<String> nearest(String written, Iterable<String> names) {
    var candidates = new ArrayList<String>();
    names.forEach(candidates::add);
    return candidates.stream()
        .min(Comparator.comparingInt(name -> EditDistance.between(written, name)))
        .filter(name -> EditDistance.between(written, name) <= Math.max(3, name.length() / 3));
  }

  /** The values by key, once all of them are there. */
  private final class Values implements Keys.Lookup {
    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // put under its own key by setValue
    public <T> T of(Key<T> key) {
      return (T) values.get(key.name());
    }

    @Override
    public List<SourceSection> sources() {
      return sourceSections;
    }
  }
}
