package io.switchhook.console.sources;

import io.switchhook.console.CallWords;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.SourceWords;
import io.switchhook.source.SeenChannel;
import io.switchhook.source.SeenChannel.Understood;
import io.switchhook.source.SeesChannels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The channels that a source saw last, the newest first.
 *
 * @param choices by what channels are narrowed down
 * @param ignored why channels were not told since the start, the most frequent first
 * @param self the same choice again
 */
record ChannelsView(List<Choice> choices, List<Row> rows, List<Ignored> ignored, String self) {
  ChannelsView {
    choices = List.copyOf(choices);
    rows = List.copyOf(rows);
    ignored = List.copyOf(ignored);
  }

  /** What channels were taken for, to choose. */
  record Choice(String word, String href, long count, boolean isChosen) {}

  /** One channel. */
  record Row(Instant at, String name, CallWords.Badge badge, String why) {}

  /** Why channels were ignored. */
  record Ignored(String why, long count) {}

  static ChannelsView of(ConsoleRequest request, String name, SeesChannels.Seen seen) {
    var chosen = request.inQuery("taken").flatMap(ChannelsView::understood).orElse(null);
    var self = request.link("sources", name);
    return new ChannelsView(
        choices(self, seen, chosen),
        seen.last().reversed().stream()
            .filter(channel -> chosen == null || channel.understood() == chosen)
            .map(ChannelsView::row)
            .toList(),
        seen.ignored().entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(it -> new Ignored(it.getKey(), it.getValue()))
            .toList(),
        self + (chosen == null ? "?" : "?taken=" + word(chosen) + "&"));
  }

  private static List<Choice> choices(
      String self, SeesChannels.Seen seen, @Nullable Understood chosen) {
    var choices = new ArrayList<Choice>();
    choices.add(new Choice("all", self, seen.last().size(), chosen == null));
    for (var understood : Understood.values()) {
      choices.add(
          new Choice(
              SourceWords.badge(understood).word(),
              self + "?taken=" + word(understood),
              seen.last().stream().filter(it -> it.understood() == understood).count(),
              understood == chosen));
    }
    return choices;
  }

  private static Row row(SeenChannel channel) {
    return new Row(
        channel.at(), channel.name(), SourceWords.badge(channel.understood()), channel.why());
  }

  private static Optional<Understood> understood(String word) {
    return Arrays.stream(Understood.values()).filter(it -> word(it).equals(word)).findFirst();
  }

  private static String word(Understood understood) {
    return understood.name().toLowerCase(Locale.ROOT);
  }
}
