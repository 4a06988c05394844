package io.switchhook.source.asterisk.mapping;

import io.switchhook.calllog.CallType;
import io.switchhook.source.asterisk.AsteriskUser;
import io.switchhook.source.asterisk.OriginateRequest;
import io.switchhook.source.asterisk.ami.AmiMessage;
import io.switchhook.source.asterisk.mapping.Call.Origin;
import io.switchhook.source.asterisk.mapping.Channel.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls that were asked of us: finds the channel that each became, and tells those that became
 * none. Also hears of what others originated.
 */
final class FollowRequests {
  /** Requests that are remembered, so that a late OriginateResponse finds its call. */
  private static final int REQUESTS_MAX = 10_000;

  /** How much longer than its own timeout a request may stay without a sign. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Switchboard board;
  private final TellStory story;
  private final WriteRecords write;
  private final Map<String, Pending> byActionId = new LinkedHashMap<>();
  private WhoIsWho who;

  private static final class Pending {
    private final OriginateRequest request;
    private final Instant askedAt;
    private @Nullable Call call;

    Pending(OriginateRequest request, Instant askedAt) {
      this.request = request;
      this.askedAt = askedAt;
    }
  }

  FollowRequests(Switchboard board, TellStory story, WriteRecords write, WhoIsWho who) {
    this.board = board;
    this.story = story;
    this.write = write;
    this.who = who;
  }

  void change(WhoIsWho changed) {
    who = changed;
  }

  void ask(OriginateRequest request, Instant at) {
    byActionId.put(request.actionId(), new Pending(request, at));
    if (byActionId.size() > REQUESTS_MAX) {
      byActionId.remove(byActionId.keySet().iterator().next());
    }
  }

  void refuse(String actionId) {
    byActionId.remove(actionId);
  }

  /** True when we chose this id for a first leg. */
  boolean isOurs(String channelId) {
    return byChannelId(channelId).isPresent();
  }

  /** A channel of an originated call is there: it may be one that was asked of us. */
  void match(Channel channel, String account, Moment moment) {
    var call = channel.call;
    if (call.origin != Origin.ORIGINATED || call.request != null || call.isTold()) {
      return;
    }
    byChannelId(channel.id)
        .or(() -> account.isEmpty() ? Optional.empty() : byAccount(account))
        .ifPresent(pending -> become(pending, call, moment));
  }

  /** The answer to an Originate, ours or not: it comes before or behind the end of its channel. */
  void respond(AmiMessage message, Moment moment) {
    var channel = board.channel(message.text("Uniqueid"));
    var pending = byActionId.get(message.actionId());
    if (pending != null && pending.call == null) {
      channel.ifPresent(known -> become(pending, known.call, moment));
    }
    if (message.response().equalsIgnoreCase("Success")) {
      channel.filter(leg -> leg.role != Role.LOCAL).ifPresent(leg -> story.answer(leg, moment));
      return;
    }
    if (pending == null) {
      failOfOthers(message, channel, moment);
    } else if (pending.call == null) {
      failUnseen(pending, moment);
    } else {
      fail(pending.call, moment);
    }
  }

  /** Ends requests of which nothing was ever heard. */
  void passTo(Instant now) {
    for (var pending : List.copyOf(byActionId.values())) {
      if (due(pending).isAfter(now)) {
        return;
      }
      if (pending.call == null) {
        failUnseen(pending, Moment.reconstructed(now));
      }
      byActionId.remove(pending.request.actionId());
    }
  }

  Optional<Instant> nextDue() {
    return byActionId.values().stream().findFirst().map(this::due);
  }

  private Instant due(Pending pending) {
    var originate = who.settings().originate();
    var timeout = originate == null ? Duration.ZERO : originate.timeout();
    return pending.askedAt.plus(timeout).plus(PATIENCE);
  }

  private void become(Pending pending, Call call, Moment moment) {
    var request = pending.request;
    pending.call = call;
    if (call.isTold() || call.isEnded) {
      return;
    }
    call.request = request;
    call.origin = Origin.ORIGINATED;
    call.referenceId = orNull(request.referenceId());
    call.clientRefId = orNull(request.clientRefId());
    call.publicIvrId = orNull(request.publicIvrId());
    call.rdnis = who.ownNumber();
    story.setClid(call, request.number());
    write.began(call);
    switch (request.type()) {
      case OBD -> {
        call.type = CallType.OBD;
        be(call, Role.TRUNK, null);
      }
      case CLICK_TO_CALL -> {
        var user = user(request);
        be(call, Role.USER, user);
        story.clickToCall(call, user, moment);
      }
    }
  }

  /** Whatever the first leg's device is called: we know whom we had called. */
  private static void be(Call call, Role role, @Nullable AsteriskUser user) {
    var first = call.firstParty;
    if (first != null) {
      first.role = role;
      first.user = user;
    }
  }

  private @Nullable AsteriskUser user(OriginateRequest request) {
    return who.settings()
        .user(request.user())
        .or(() -> who.byDevice(request.channel()))
        .orElse(null);
  }

  /** A request that never became a channel, as to an endpoint that is not there. */
  private void failUnseen(Pending pending, Moment moment) {
    var settings = who.settings();
    var request = pending.request;
    var isNamed = !request.channelId().isEmpty();
    var linkedId = isNamed ? request.channelId() : request.actionId();
    var call = board.open(Switchboard.callId(settings, linkedId, isNamed), linkedId, moment);
    become(pending, call, moment);
    story.failFirstParty(call, moment);
    story.end(call, moment);
    board.forget(call);
  }

  private void fail(Call call, Moment moment) {
    var first = call.firstParty;
    if (first == null || !first.isAnswered()) {
      story.failFirstParty(call, moment);
    }
  }

  /** Others had a user called, for a customer whom the answer names and who was never dialled. */
  private void failOfOthers(AmiMessage message, Optional<Channel> channel, Moment moment) {
    var device = message.text("Channel");
    var call =
        channel
            .map(leg -> leg.call)
            .or(() -> board.calls().stream().filter(isFailing(device)).reduce((_, last) -> last));
    var number = message.text("Exten");
    if (call.isEmpty() || !who.isCustomerNumber(number) || call.get().type != null) {
      call.filter(it -> it.type != null).ifPresent(it -> fail(it, moment));
      return;
    }
    var failed = call.get();
    var first = failed.firstParty;
    if (first != null && first.isUser() && !first.isAnswered()) {
      failed.rdnis = who.serviceNumberOf(message.text("CallerIDNum"));
      story.setClid(failed, number);
      story.clickToCall(failed, first.user, moment);
      story.failFirstParty(failed, moment);
    }
  }

  private static Predicate<Call> isFailing(String device) {
    return call -> {
      var first = call.firstParty;
      return call.origin == Origin.ORIGINATED
          && first != null
          && !first.isAnswered()
          && first.device().equalsIgnoreCase(device);
    };
  }

  private Optional<Pending> byChannelId(String id) {
    return pending(
        request ->
            !request.channelId().isEmpty()
                && (id.equals(request.channelId()) || id.startsWith(request.channelId() + ";")));
  }

  private Optional<Pending> byAccount(String account) {
    return pending(request -> request.account().equals(account))
        .filter(pending -> pending.call == null);
  }

  private Optional<Pending> pending(Predicate<OriginateRequest> which) {
    return byActionId.values().stream().filter(pending -> which.test(pending.request)).findFirst();
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
