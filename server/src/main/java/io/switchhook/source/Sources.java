package io.switchhook.source;

import io.switchhook.event.CompanyId;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All sources of the installation, in the order of the settings. */
public final class Sources implements AutoCloseable {
  /** An installation without any. */
  public static final Sources NONE = new Sources(List.of());

  private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

  private final List<Named> all;

  /**
   * A source with its names.
   *
   * @param type its kind, as in the settings
   * @param name unique in the installation
   */
  public record Named(String type, String name, CompanyId company, Source source) {}

  /** These sources; none of them is started. */
  public Sources(List<Named> all) {
    this.all = List.copyOf(all);
  }

  /** Starts all. */
  public void start() {
    all.forEach(it -> it.source().start());
  }

  /** The sources of a company. */
  public List<Named> of(CompanyId company) {
    return all.stream().filter(it -> it.company().equals(company)).toList();
  }

  /** The source of this name, whosever it is. */
  public Optional<Named> find(String name) {
    return all.stream().filter(it -> it.name().equals(name)).findFirst();
  }

  /** Closes all, and returns when what they heard is in the journal. Safe to call twice. */
  @Override
  public void close() {
    for (var named : all) {
      try {
        named.source().close();
      } catch (RuntimeException e) { // One that fails must not keep the others from closing.
        LOG.atError().addKeyValue("source", named.name()).setCause(e).log("source.close_failed");
      }
    }
  }
}
