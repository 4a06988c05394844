package io.switchhook.source;

import io.switchhook.config.SectionReader;

/** A kind of source: reads its section of the settings. */
public interface SourceType {
  /** What stands as {@code type} in the settings. */
  String word();

  /**
   * Reads all keys of a section but {@code type}, {@code name} and {@code company}, and notes what
   * is wrong with them. Does nothing else: sections are also read only to be checked.
   *
   * @return how a source is made of them; used only when nothing was wrong
   */
  SourceMaker read(SectionReader section);

  /** Makes a source that is not started. */
  @FunctionalInterface
  interface SourceMaker {
    /** The source, with what it needs to work. */
    Source make(SourceParts parts);
  }
}
