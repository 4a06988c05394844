package io.switchhook.config;

/**
 * One source as the settings name it.
 *
 * @param type its kind, which knows how to read the rest
 * @param name names it among all sources: lower case letters, digits, {@code -} and {@code _}
 * @param company whose calls it tells: a company's name or id
 * @param section all that was written
 */
public record SourceSection(String type, String name, String company, Section section) {}
