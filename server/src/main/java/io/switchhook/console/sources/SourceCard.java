package io.switchhook.console.sources;

import io.switchhook.console.CallWords;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.SourceWords;
import io.switchhook.source.Door;
import io.switchhook.source.Sources;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a source is, as both pages show it.
 *
 * @param href of its own page
 * @param since since when it is as its badge says
 * @param unread how many requests could not be read; null when it has no door
 */
record SourceCard(
    String name,
    String href,
    String type,
    CallWords.Badge badge,
    Instant since,
    @Nullable Instant lastEventAt,
    @Nullable Long unread,
    List<String> problems) {
  SourceCard {
    problems = List.copyOf(problems);
  }

  static SourceCard of(ConsoleRequest request, Sources.Named named) {
    var state = named.source().state();
    return new SourceCard(
        named.name(),
        request.link("sources", named.name()),
        SourceWords.type(named.type()),
        SourceWords.badge(state.hearing()),
        state.since(),
        state.lastEventAt(),
        named.source() instanceof Door door ? door.unreadCount() : null,
        state.problems());
  }

  /** {@code Connected for}, {@code Deaf for}: stands before the time. */
  String sinceLabel() {
    var word = badge.word();
    return Character.toUpperCase(word.charAt(0)) + word.substring(1) + " for";
  }
}
