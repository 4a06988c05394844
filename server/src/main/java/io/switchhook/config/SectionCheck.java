package io.switchhook.config;

/** Reads a section only to learn what is wrong with it. */
@FunctionalInterface
public interface SectionCheck {
  /** Reads all keys but {@code type}, {@code name} and {@code company}, which are read already. */
  void check(SectionReader section);
}
