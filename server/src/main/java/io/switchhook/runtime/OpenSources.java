package io.switchhook.runtime;

import io.switchhook.company.Companies;
import io.switchhook.config.SectionCheck;
import io.switchhook.config.SectionReader;
import io.switchhook.config.SettingsMistake;
import io.switchhook.config.SourceSection;
import io.switchhook.event.CompanyId;
import io.switchhook.source.SourceParts;
import io.switchhook.source.SourceType;
import io.switchhook.source.Sources;
import io.switchhook.source.StartedCalls;
import io.switchhook.source.asterisk.live.AsteriskType;
import io.switchhook.source.myoperator.MyOperatorType;
import io.switchhook.source.sqlite.SqliteFollowCursors;
import io.switchhook.source.sqlite.SqliteStartedCalls;
import io.switchhook.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Makes the sources that the settings name. */
public final class OpenSources {
  /** Every type of source that there is. */
  private static final List<SourceType> TYPES = List.of(new AsteriskType(), new MyOperatorType());

  private static final String FOLDER = "sources";

  private final Stores stores;
  private final Telemetry telemetry;
  private final SecureRandom random;
  private final Consumer<Throwable> onFatal;
  private final StartedCalls startedCalls;

  OpenSources(
      Stores stores, Telemetry telemetry, SecureRandom random, Consumer<Throwable> onFatal) {
    this.stores = stores;
    this.telemetry = telemetry;
    this.random = random;
    this.onFatal = onFatal;
    this.startedCalls = new SqliteStartedCalls(stores.state);
  }

  /** By the word in the settings, who reads the sections of a type. */
  public static Map<String, SectionCheck> checks() {
    var checks = new LinkedHashMap<String, SectionCheck>();
    TYPES.forEach(type -> checks.put(type.word(), type::read));
    return checks;
  }

  /**
   * The sources, not started.
   *
   * @throws StartException when one of them belongs to no company
   */
  Sources open(List<SourceSection> sections) {
    return new Sources(sections.stream().map(this::open).toList());
  }

  private Sources.Named open(SourceSection section) {
    var company = companyOf(section, stores.companies);
    var maker = typeOf(section).read(readerOf(section));
    var parts =
        new SourceParts(
            section.name(),
            company,
            stores.journal,
            new SqliteFollowCursors(stores.state, "source " + section.name()),
            startedCalls,
            folderOf(section),
            InstantSource.system(),
            random,
            telemetry.registry(),
            onFatal);
    return new Sources.Named(section.type(), section.name(), company, maker.make(parts));
  }

  private static SourceType typeOf(SourceSection section) {
    return TYPES.stream()
        .filter(type -> type.word().equals(section.type()))
        .findFirst()
        .orElseThrow(
            () -> new StartException("There is no type of source " + section.type() + "."));
  }

  /** It was checked when the settings were read. */
  private static SectionReader readerOf(SourceSection section) {
    return new SectionReader(section.section(), new ArrayList<SettingsMistake>());
  }

  private static CompanyId companyOf(SourceSection section, Companies companies) {
    return companies
        .find(section.company())
        .orElseThrow(
            () ->
                new StartException(
                    section.section().path()
                        + ".company = "
                        + section.company()
                        + ": there is no such company. Start without this source, make it with"
                        + " ./switchhook company add, and start again."))
        .id();
  }

  private Path folderOf(SourceSection section) {
    var folder = stores.folder.resolve(FOLDER).resolve(section.name());
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new StartException(
          "The folder of the source "
              + section.name()
              + " cannot be made: "
              + Objects.requireNonNullElse(e.getMessage(), folder.toString()),
          e);
    }
  }
}
