package io.switchhook.company;

/**
 * One thing that is wrong with what somebody sent.
 *
 * @param field its path, for example {@code headers[2]} or {@code conditions[0].in}; empty for the
 *     whole
 * @param problem what is wrong, and what is allowed
 */
public record FieldMistake(String field, String problem) {}
