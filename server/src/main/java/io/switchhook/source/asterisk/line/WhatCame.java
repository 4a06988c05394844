package io.switchhook.source.asterisk.line;

import io.switchhook.source.SourceTest.Finding;
import io.switchhook.source.SourceTest.Weight;
import io.switchhook.source.asterisk.ami.AmiMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the events that came since a login show of the account and of manager.conf. Safe for all
 * threads.
 */
final class WhatCame {
  private final Set<String> classes = new TreeSet<>();
  private final Set<String> variables = new TreeSet<>();
  private final Set<String> bornUniqueids = new LinkedHashSet<>();
  private long events;
  private boolean withoutTimestamp;
  private boolean channelEvents;
  private boolean missedBirth;
  private @Nullable Instant lastAt;

  /** How many channels are remembered, to find those whose birth was not told. */
  private static final int BORN_MAX = 10_000;

  /** How many names of variables are remembered. */
  private static final int VARIABLES_MAX = 1_000;

  /** Looks at an event. */
  synchronized void event(AmiMessage event, Instant at) {
    events++;
    lastAt = at;
    for (var word : event.text("Privilege").split(",", -1)) {
      if (!word.isEmpty() && !word.equals("all")) {
        classes.add(word);
      }
    }
    if (event.event().equals("Newchannel")) {
      channelEvents = true;
      withoutTimestamp |= event.timestamp().isEmpty();
      learnVariables(event);
      if (bornUniqueids.size() < BORN_MAX) {
        bornUniqueids.add(event.text("Uniqueid"));
      }
    }
  }

  /** Asterisk names all that channelvars lists, also those without a value. */
  private void learnVariables(AmiMessage event) {
    for (var field : event.fields()) {
      var equal = field.value().indexOf('=');
      // Older servers write the channel into the name: ChanVariable(PJSIP/x-1).
      if (field.name().startsWith("ChanVariable")
          && equal > 0
          && variables.size() < VARIABLES_MAX) {
        variables.add(field.value().substring(0, equal));
      }
    }
  }

  /** Looks at a channel of a snapshot that is younger than the login. */
  synchronized void sawYoungChannel(String uniqueid) {
    missedBirth |= !bornUniqueids.contains(uniqueid) && bornUniqueids.size() < BORN_MAX;
  }

  synchronized long events() {
    return events;
  }

  synchronized @Nullable Instant lastAt() {
    return lastAt;
  }

  /**
   * What is missing, as far as it shows.
   *
   * @param wanted names of channel variables that events must carry
   */
  synchronized List<Finding> missing(Set<String> wanted) {
    var found = new ArrayList<Finding>();
    if (missedBirth && !classes.contains("call")) {
      found.add(
          new Finding(
              Weight.WRONG,
              "There are calls, and no event of the class call comes: add call to read in"
                  + " manager.conf (read = call,agent,user,reporting,cdr,originate)."));
    }
    if (withoutTimestamp) {
      found.add(
          new Finding(
              Weight.WARNING,
              "Events carry no time: set timestampevents = yes in the section [general] of"
                  + " manager.conf, so that times are those of Asterisk."));
    }
    var absent = new TreeSet<>(wanted);
    absent.removeAll(variables);
    if (channelEvents && !absent.isEmpty()) {
      found.add(
          new Finding(
              Weight.WARNING,
              "Events do not carry "
                  + String.join(", ", absent)
                  + ", which the settings use: add it to channelvars in the section [general] of"
                  + " manager.conf (channelvars = SWH_REF,MIXMONITOR_FILENAME, …)."));
    }
    return found;
  }

  /** The classes of which something came. */
  synchronized Set<String> classes() {
    return Set.copyOf(classes);
  }
}
