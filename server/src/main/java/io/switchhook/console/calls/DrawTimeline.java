package io.switchhook.console.calls;

import io.switchhook.console.DeliveryWords;
import io.switchhook.console.Texts;
import io.switchhook.event.Kind;
import io.switchhook.event.WebhookId;
import io.switchhook.history.AttemptRow;
import io.switchhook.history.CallStory;
import io.switchhook.history.CallStory.Chapter;
import io.switchhook.history.DeliveryRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Draws a call's story. Pure. */
final class DrawTimeline {
  /** More deliveries are not drawn; the list below the picture has them all. */
  static final int ROWS_MAX = 80;

  private static final double BAR_WIDTH_MIN = 4;
  private static final double TICK_DISTANCE_MIN = 74;
  private static final double WORD_WIDTH_PER_LETTER = 7.2;

  private final CallStory story;
  private final Function<WebhookId, String> names;
  private final Instant now;
  private final Instant start;
  private final TimeScale scale;

  private DrawTimeline(CallStory story, Function<WebhookId, String> names, Instant now) {
    this.story = story;
    this.names = names;
    this.now = now;
    this.start = story.events().getFirst().event().acceptedAt();
    this.scale = new TimeScale(moments(), Timeline.LEFT, Timeline.RIGHT);
  }

  /**
   * The picture of a story, which has at least one event.
   *
   * @param names of webhooks
   * @param now until which a call lasts that has not ended
   */
  static Timeline of(CallStory story, Function<WebhookId, String> names, Instant now) {
    return new DrawTimeline(story, names, now).draw();
  }

  private List<Instant> moments() {
    var moments = new ArrayList<Instant>();
    for (var chapter : story.events()) {
      moments.add(chapter.event().acceptedAt());
      for (var row : chapter.deliveries()) {
        for (var attempt : row.attempts()) {
          moments.add(attempt.startedAt());
          moments.add(attempt.startedAt().plus(attempt.took()));
        }
        if (row.endedAt() != null) {
          moments.add(row.endedAt());
        } else if (row.nextAttemptAt() != null) {
          moments.add(row.nextAttemptAt());
        }
      }
    }
    if (isGoingOn()) {
      moments.add(now.isAfter(start) ? now : start);
    }
    return moments;
  }

  private boolean isGoingOn() {
    var state = story.summary().facts().state();
    return state != null && (state == 1 || state == 3 || state == 5 || state == 6);
  }

  private Timeline draw() {
    var rows = rows();
    var height = Timeline.TOP + Timeline.BAND_HEIGHT + 14 + rows.size() * Timeline.ROW_HEIGHT + 6;
    return new Timeline(height, ticks(), bands(), rows, summary(), Timeline.LEFT);
  }

  private String summary() {
    var deliveries = story.events().stream().mapToInt(it -> it.deliveries().size()).sum();
    return Texts.count(story.events().size(), "event")
        + ", "
        + (deliveries == 1 ? "1 delivery" : deliveries + " deliveries")
        + "; the same is told in words below.";
  }

  private List<Timeline.Tick> ticks() {
    var ticks = new ArrayList<Timeline.Tick>();
    var lastX = Double.NEGATIVE_INFINITY;
    for (var at : moments().stream().sorted().distinct().toList()) {
      var x = scale.at(at);
      if (x - lastX >= TICK_DISTANCE_MIN && x <= Timeline.RIGHT - 20) {
        var after = Duration.between(start, at);
        ticks.add(new Timeline.Tick(x, after.isZero() ? "0" : "+" + Texts.length(after)));
        lastX = x;
      }
    }
    return ticks;
  }

  private List<Timeline.Band> bands() {
    var bands = new ArrayList<Timeline.Band>();
    var inCall = story.events().stream().filter(it -> it.event().kind() == Kind.IN_CALL).toList();
    for (int i = 0; i < inCall.size(); i++) {
      var event = inCall.get(i);
      var badge = EventView.badge(event.event());
      var from = scale.at(event.event().acceptedAt());
      var to = i + 1 < inCall.size() ? scale.at(inCall.get(i + 1).event().acceptedAt()) : end(from);
      var width = Math.max(3, to - from - 1.5);
      var hasRoom = badge.word().length() * WORD_WIDTH_PER_LETTER + 12 < width;
      bands.add(
          new Timeline.Band(from, width, badge.mark(), hasRoom ? badge.word() : "", badge.word()));
    }
    return bands;
  }

  private double end(double from) {
    return isGoingOn() ? scale.at(now) : Math.min(from + 8, Timeline.RIGHT + 8);
  }

  private List<Timeline.Row> rows() {
    var byWebhook = new LinkedHashMap<WebhookId, Map<Chapter, DeliveryRow>>();
    for (var chapter : story.events()) {
      for (var row : chapter.deliveries()) {
        byWebhook.computeIfAbsent(row.webhook(), _ -> new LinkedHashMap<>()).put(chapter, row);
      }
    }
    var rows = new ArrayList<Timeline.Row>();
    byWebhook.forEach(
        (webhook, deliveries) -> {
          if (rows.size() < ROWS_MAX) {
            rows.add(head(y(rows.size()), names.apply(webhook)));
          }
          deliveries.forEach(
              (chapter, delivery) -> {
                if (rows.size() < ROWS_MAX) {
                  rows.add(row(y(rows.size()), chapter, delivery));
                }
              });
        });
    return rows;
  }

  private static double y(int index) {
    return Timeline.TOP + Timeline.BAND_HEIGHT + 14 + index * Timeline.ROW_HEIGHT;
  }

  private static Timeline.Row head(double y, String name) {
    return new Timeline.Row(y, cut(name, 60), true, 0, List.of(), List.of(), List.of());
  }

  private Timeline.Row row(double y, Chapter chapter, DeliveryRow delivery) {
    var waits = new ArrayList<Timeline.Wait>();
    var bars = new ArrayList<Timeline.Bar>();
    var accepted = scale.at(chapter.event().acceptedAt());
    var from = accepted;
    for (var attempt : delivery.attempts()) {
      var x = scale.at(attempt.startedAt());
      waits.add(new Timeline.Wait(from, x, !bars.isEmpty()));
      var to = scale.at(attempt.startedAt().plus(attempt.took()));
      bars.add(bar(attempt, x, Math.max(BAR_WIDTH_MIN, to - x)));
      from = Math.max(to, x + BAR_WIDTH_MIN);
    }
    var ends = new ArrayList<Timeline.End>();
    var badge = DeliveryWords.badge(delivery.outcome());
    if (delivery.endedAt() != null) {
      var x = Math.max(from, scale.at(delivery.endedAt()));
      waits.add(new Timeline.Wait(from, x, true));
      ends.add(new Timeline.End(x, badge.mark(), badge.word()));
    } else {
      var next = delivery.nextAttemptAt() == null ? from + 12 : scale.at(delivery.nextAttemptAt());
      waits.add(new Timeline.Wait(from, Math.max(from, next), true));
      ends.add(new Timeline.End(Math.max(from, next), "waiting", badge.word()));
    }
    var label = chapter.event().sequence() + "  " + EventView.badge(chapter.event()).word();
    return new Timeline.Row(y, cut(label, 30), false, accepted, waits, bars, ends);
  }

  private static Timeline.Bar bar(AttemptRow attempt, double x, double width) {
    var isGood = attempt.status() != null && attempt.status() / 100 == 2;
    var title =
        (attempt.replay() ? "told again, attempt " : "attempt ")
            + attempt.number()
            + ": "
            + attempt.words()
            + " in "
            + Texts.length(attempt.took());
    return new Timeline.Bar(x, width, isGood ? "delivered" : "given-up", title);
  }

  private static String cut(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max - 1) + "…";
  }
}
