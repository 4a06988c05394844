package io.switchhook.console.sources;

import io.switchhook.console.CallWords;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.Frame;
import io.switchhook.console.SourceWords;
import io.switchhook.console.Texts;
import io.switchhook.source.Door;
import io.switchhook.source.SeesChannels;
import io.switchhook.source.SourceTest;
import io.switchhook.source.SourceTest.Weight;
import io.switchhook.source.Sources;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page of one source shows.
 *
 * @param trial null when none was made just now
 * @param channels null when this type of source has no channels
 * @param door null when this type of source has no door
 * @param seen changes whenever the channels do
 */
record SourceView(
    Frame frame,
    String list,
    SourceCard card,
    @Nullable Trial trial,
    @Nullable ChannelsView channels,
    @Nullable UnreadView door,
    String seen) {

  /** What a trial found. */
  record Trial(String words, String tone, List<Finding> found) {
    Trial {
      found = List.copyOf(found);
    }

    static Trial of(SourceTest test) {
      var found =
          test.found().stream()
              .map(it -> new Finding(SourceWords.badge(it.weight()), it.words()))
              .toList();
      long warnings = test.found().stream().filter(it -> it.weight() == Weight.WARNING).count();
      if (!test.passed()) {
        return new Trial("Something must be mended before calls are heard.", "bad", found);
      }
      return warnings == 0
          ? new Trial("All is well.", "good", found)
          : new Trial("It works, with " + Texts.count(warnings, "warning") + ".", "warn", found);
    }
  }

  /** One thing that a trial found. */
  record Finding(CallWords.Badge badge, String words) {}

  static SourceView of(ConsoleRequest request, Sources.Named named, @Nullable SourceTest test) {
    var channels =
        named.source() instanceof SeesChannels source
            ? ChannelsView.of(request, named.name(), source.seenChannels())
            : null;
    return new SourceView(
        request.frame(named.name()),
        request.link("sources"),
        SourceCard.of(request, named),
        test == null ? null : Trial.of(test),
        channels,
        named.source() instanceof Door door ? UnreadView.of(request, door) : null,
        channels == null ? "" : Integer.toHexString(channels.hashCode()));
  }
}
