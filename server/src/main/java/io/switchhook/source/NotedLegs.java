package io.switchhook.source;

import io.switchhook.calllog.AfterCallLog.User;
import io.switchhook.calllog.CallType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Folds the notes about a call's legs into the legs of its after-call log: each time that a user
 * was rung, and each customer's leg that was not answered, because it says why.
 */
final class NotedLegs {
  /** A leg that hands its call over is gone at once; one that talks on has not handed it over. */
  private static final Duration GONE_AFTER_TRANSFER_MAX = Duration.ofSeconds(5);

  private final Map<String, Noted> legs = new LinkedHashMap<>();
  private @Nullable Instant customerAnsweredAt;
  private @Nullable Instant customerGoneAt;

  private static final class Noted {
    private final CallNote.@Nullable Person user;
    private final Instant rungAt;
    private @Nullable Instant answeredAt;
    private @Nullable Instant transferredAt;
    private @Nullable Instant goneAt;
    private DialStatus status = DialStatus.NOANSWER;

    Noted(CallNote.@Nullable Person user, Instant rungAt) {
      this.user = user;
      this.rungAt = rungAt;
    }

    boolean isTransferred() {
      var gone = goneAt;
      return transferredAt != null
          && (gone == null || !gone.isAfter(transferredAt.plus(GONE_AFTER_TRANSFER_MAX)));
    }
  }

  /** Goes one note on; what is no leg's is passed over. */
  void add(CallNote note) {
    switch (note) {
      case CallNote.Rung(var leg, var user, var at) -> {
        if (legs.size() < CallLegs.LEGS_MAX) {
          legs.putIfAbsent(leg, new Noted(user, at));
        }
      }
      case CallNote.Answered(var leg, var at) -> answer(legs.get(leg), at);
      case CallNote.Transferred(var leg, var at) -> {
        var noted = legs.get(leg);
        if (noted != null && noted.transferredAt == null) {
          noted.transferredAt = at;
        }
      }
      case CallNote.Gone(var leg, var status, var at) -> {
        var noted = legs.get(leg);
        if (noted != null) {
          noted.goneAt = at;
          noted.status = status;
          customerGoneAt = noted.user == null && noted.answeredAt != null ? at : customerGoneAt;
        }
      }
      case CallNote.Began _,
          CallNote.Took _,
          CallNote.Joined _,
          CallNote.Recorded _,
          CallNote.Belongs _,
          CallNote.Voicemail _,
          CallNote.Ended _ -> {}
    }
  }

  private void answer(@Nullable Noted leg, Instant at) {
    if (leg == null || leg.answeredAt != null) {
      return;
    }
    leg.answeredAt = at;
    if (leg.user == null && customerAnsweredAt == null) {
      customerAnsweredAt = at;
    }
  }

  /** The legs of a call that ended then, in the order of their ringing. */
  List<EndedLeg> ended(CallType type, Instant endedAt) {
    var ended = new ArrayList<EndedLeg>();
    for (var leg : legs.values()) {
      if (leg.user != null || leg.answeredAt == null) {
        ended.add(ended(leg, type, endedAt));
      }
    }
    ended.sort(Comparator.comparing(EndedLeg::rungAt));
    return List.copyOf(ended);
  }

  private EndedLeg ended(Noted leg, CallType type, Instant callEndedAt) {
    var goneAt = leg.goneAt == null ? callEndedAt : leg.goneAt;
    var answeredAt = leg.answeredAt;
    if (answeredAt == null) {
      var status = leg.status == DialStatus.ANSWER ? DialStatus.NOANSWER : leg.status;
      return new EndedLeg(
          users(leg.user), leg.rungAt, status, false, false, leg.rungAt, goneAt, List.of());
    }
    var talkFrom = talkFrom(answeredAt, type).filter(from -> !from.isAfter(goneAt));
    var leftAt = leg.isTransferred() ? Objects.requireNonNull(leg.transferredAt) : goneAt;
    var customerAt = customerGoneAt;
    // Whoever stays on the line behind the customer talks to nobody.
    var endedAt =
        talkFrom.isPresent() && customerAt != null && customerAt.isBefore(leftAt)
            ? customerAt
            : leftAt;
    return new EndedLeg(
        users(leg.user),
        leg.rungAt,
        DialStatus.ANSWER,
        true,
        talkFrom.isPresent(),
        talkFrom.orElse(answeredAt),
        endedAt.isBefore(answeredAt) ? answeredAt : endedAt,
        leg.isTransferred() ? successors(leg) : List.of());
  }

  /** Users of a click to call wait for the customer; elsewhere the customer waits. */
  private Optional<Instant> talkFrom(Instant answeredAt, CallType type) {
    if (type != CallType.CLICK_TO_CALL) {
      return Optional.of(answeredAt);
    }
    var customerAt = customerAnsweredAt;
    return Optional.ofNullable(customerAt).map(at -> at.isAfter(answeredAt) ? at : answeredAt);
  }

  /** Who answered next; when nobody did, who was rung next. */
  private List<User> successors(Noted from) {
    var at = Objects.requireNonNull(from.transferredAt);
    return legs.values().stream()
        .filter(leg -> leg != from && leg.user != null && leg.answeredAt != null)
        .filter(leg -> !Objects.requireNonNull(leg.answeredAt).isBefore(at) || isAsked(leg, at))
        .min(Comparator.comparing(leg -> Objects.requireNonNull(leg.answeredAt)))
        .or(() -> rungNext(from, at))
        .map(leg -> users(leg.user))
        .orElse(List.of());
  }

  /** A colleague who was asked before the transfer talks already, and talks on behind it. */
  private static boolean isAsked(Noted leg, Instant transferredAt) {
    return leg.goneAt == null || leg.goneAt.isAfter(transferredAt.plus(GONE_AFTER_TRANSFER_MAX));
  }

  private Optional<Noted> rungNext(Noted from, Instant at) {
    return legs.values().stream()
        .filter(leg -> leg != from && leg.user != null && !leg.rungAt.isBefore(at))
        .findFirst();
  }

  private static List<User> users(CallNote.@Nullable Person person) {
    return person == null ? List.of() : List.of(EndedLeg.userOf(person));
  }
}
