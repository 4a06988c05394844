package io.switchhook.source.asterisk.live;

import io.switchhook.event.CompanyId;
import io.switchhook.source.StartedCalls;
import io.switchhook.source.StartsCalls.CallToStart;
import io.switchhook.source.StartsCalls.CallWay;
import io.switchhook.source.StartsCalls.Mistake;
import io.switchhook.source.StartsCalls.Outcome;
import io.switchhook.source.asterisk.AsteriskSettings;
import io.switchhook.source.asterisk.AsteriskSettings.Originate;
import io.switchhook.source.asterisk.AsteriskUser;
import io.switchhook.source.asterisk.OriginateRequest;
import io.switchhook.source.asterisk.ami.AmiMessage;
import io.switchhook.source.asterisk.line.AmiLine;
import io.switchhook.source.asterisk.line.AmiSession.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Starts calls: what may be called is checked, the client's reference is kept, the mapping is told,
 * and only then Asterisk is asked. Each call gets a channel id of ours, because a first leg that
 * fails says nothing else of itself. Safe for all threads.
 */
final class StartCall {
  /** How long a client's reference starts no second call. */
  static final Duration REFERENCE_KEPT = Duration.ofHours(24);

  // No comma: in a variable of an action it would begin another one.
  private static final Pattern CLIENT_REFERENCE = Pattern.compile("[A-Za-z0-9._:@/+=-]{1,80}");
  private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9]+/[^,\\s]{1,200}");

  private final Parts parts;
  private final CallRate rate;
  private final Originate originate;

  /**
   * What it works with.
   *
   * @param settings as they are now, with the users of the file
   * @param asked told of a call before Asterisk is asked
   * @param refused told of a call that Asterisk did not take on
   */
  record Parts(
      String source,
      CompanyId company,
      Supplier<AsteriskSettings> settings,
      AmiLine line,
      StartedCalls startedCalls,
      Consumer<OriginateRequest> asked,
      Consumer<OriginateRequest> refused,
      InstantSource clock,
      RandomGenerator random) {}

  StartCall(Parts parts, Originate originate) {
    this.parts = parts;
    this.originate = originate;
    this.rate = new CallRate(originate.callsPerMinute());
  }

  /** What was asked for, in Asterisk's terms. */
  private record Plan(OriginateRequest request, AmiMessage action) {}

  CompletionStage<Outcome> start(CallToStart call) {
    var mistakes = new ArrayList<Mistake>();
    var plan = plan(call, mistakes);
    if (plan == null || !mistakes.isEmpty()) {
      return CompletableFuture.completedStage(new Outcome.Refused(mistakes));
    }
    if (!parts.line().isConnected()) {
      return CompletableFuture.completedStage(
          new Outcome.NotNow("The source " + parts.source() + " is not connected to Asterisk."));
    }
    var now = parts.clock().instant();
    var wait = rate.take(now);
    if (wait.isPresent()) {
      return CompletableFuture.completedStage(
          new Outcome.TooMany(
              wait.get(),
              "The source "
                  + parts.source()
                  + " starts at most "
                  + originate.callsPerMinute()
                  + " calls a minute (originate.calls-per-minute)."));
    }
    var entry =
        new StartedCalls.Entry(
            parts.company(),
            parts.source(),
            call.clientRefId(),
            plan.request().referenceId(),
            now,
            RequestJson.text(plan.request()));
    return parts
        .startedCalls()
        .keep(entry, now.minus(REFERENCE_KEPT))
        .thenCompose(before -> before.map(this::askedBefore).orElseGet(() -> originate(plan)));
  }

  private CompletionStage<Outcome> askedBefore(StartedCalls.Entry before) {
    rate.giveBack();
    return CompletableFuture.completedStage(new Outcome.AskedBefore(before.referenceId()));
  }

  private CompletionStage<Outcome> originate(Plan plan) {
    parts.asked().accept(plan.request());
    return parts
        .line()
        .ask(plan.action())
        .handle((reply, failure) -> answered(plan.request(), reply, failure))
        .thenCompose(outcome -> outcome);
  }

  private CompletionStage<Outcome> answered(
      OriginateRequest request, @Nullable Reply reply, @Nullable Throwable failure) {
    var reference = request.referenceId();
    if (reply == null) {
      return CompletableFuture.completedStage(
          new Outcome.NotKnown(
              reference,
              "Asterisk did not answer ("
                  + (failure == null ? "no reason" : failure.getMessage())
                  + ")."));
    }
    if (reply.isSuccess()) {
      return CompletableFuture.completedStage(new Outcome.Started(reference, request.channelId()));
    }
    parts.refused().accept(request);
    return parts
        .startedCalls()
        .forget(reference)
        .thenApply(
            _ ->
                new Outcome.NotNow(
                    "Asterisk refuses to start the call ("
                        + reply.words()
                        + "); ./switchhook sources test "
                        + parts.source()
                        + " says what the account lacks."));
  }

  private @Nullable Plan plan(CallToStart call, List<Mistake> mistakes) {
    var settings = parts.settings().get();
    var number = number(call, settings, mistakes);
    if (!call.clientRefId().isEmpty() && !CLIENT_REFERENCE.matcher(call.clientRefId()).matches()) {
      mistakes.add(
          new Mistake("client_ref_id", "allowed are 1 to 80 letters, digits and . _ : @ / + = -"));
    }
    return switch (call.type()) {
      case CLICK_TO_CALL -> clickToCall(call, settings, number, mistakes);
      case OBD -> obd(call, number, mistakes);
    };
  }

  private Optional<CustomerNumber> number(
      CallToStart call, AsteriskSettings settings, List<Mistake> mistakes) {
    var number = CustomerNumber.read(call.number(), settings.region());
    if (number.isEmpty()) {
      mistakes.add(
          new Mistake("number", "must be a telephone number, best with its country code and a +"));
      return number;
    }
    if (!AsteriskSection.isAllowed(originate.allowedNumbers(), number.get().e164())) {
      mistakes.add(
          new Mistake(
              "number",
              "may not be called; allowed are "
                  + String.join(", ", originate.allowedNumbers())
                  + " (originate.allowed-numbers)"));
    }
    return number;
  }

  private @Nullable Plan clickToCall(
      CallToStart call,
      AsteriskSettings settings,
      Optional<CustomerNumber> number,
      List<Mistake> mistakes) {
    if (originate.clickToCallContext().isEmpty()) {
      mistakes.add(
          new Mistake("type", "click_to_call needs originate.click-to-call-context and user"));
      return null;
    }
    var user = user(call.user(), settings);
    if (user.isEmpty()) {
      mistakes.add(
          new Mistake("user", "must be the id, extension or number of a user of this source"));
      return null;
    }
    var channel =
        originate
            .user()
            .replace("{extension}", user.get().extension())
            .replace("{number}", user.get().number());
    if (!CHANNEL.matcher(channel).matches()
        || channel.equals(originate.user().replace("{extension}", ""))) {
      mistakes.add(new Mistake("user", "has no extension or number that originate.user asks for"));
      return null;
    }
    if (number.isEmpty()) {
      return null;
    }
    return planned(
        call,
        new Leg(channel, originate.clickToCallContext(), number.get().digits(), "1"),
        user.get().id(),
        number.get());
  }

  private @Nullable Plan obd(
      CallToStart call, Optional<CustomerNumber> number, List<Mistake> mistakes) {
    var place = originate.ivr().get(call.publicIvrId());
    if (place == null) {
      mistakes.add(
          new Mistake(
              "public_ivr_id",
              "must be one of originate.ivr: " + String.join(", ", originate.ivr().keySet())));
      return null;
    }
    if (number.isEmpty()) {
      return null;
    }
    var parts = place.split(",", -1);
    var leg = new Leg(number.get().in(originate.customer()), parts[0], parts[1], parts[2]);
    return planned(call, leg, "", number.get());
  }

  private static Optional<AsteriskUser> user(String asked, AsteriskSettings settings) {
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    var digits = asked.startsWith("+") ? asked.substring(1) : asked;
    return settings
        .user(asked)
        .or(
            () ->
                settings.users().stream()
                    .filter(it -> it.extension().equals(asked) || it.number().equals(digits))
                    .findFirst());
  }

  /** The first leg, and where it goes on when it is answered. */
  private record Leg(String channel, String context, String exten, String priority) {}

  private Plan planned(CallToStart call, Leg leg, String userId, CustomerNumber number) {
    var reference = uuid();
    var id = "swh-" + reference;
    var account = call.clientRefId().isEmpty() ? reference : call.clientRefId();
    var request =
        new OriginateRequest(
            call.type() == CallWay.OBD
                ? OriginateRequest.Type.OBD
                : OriginateRequest.Type.CLICK_TO_CALL,
            reference,
            call.clientRefId(),
            call.publicIvrId(),
            userId,
            number.e164(),
            id,
            account,
            id,
            leg.channel());
    return new Plan(request, action(request, leg));
  }

  private AmiMessage action(OriginateRequest request, Leg leg) {
    var fields = new ArrayList<AmiMessage.Field>();
    fields.add(new AmiMessage.Field("Action", "Originate"));
    fields.add(new AmiMessage.Field("ActionID", request.actionId()));
    fields.add(new AmiMessage.Field("Channel", leg.channel()));
    fields.add(new AmiMessage.Field("Context", leg.context()));
    fields.add(new AmiMessage.Field("Exten", leg.exten()));
    fields.add(new AmiMessage.Field("Priority", leg.priority()));
    fields.add(new AmiMessage.Field("Timeout", Long.toString(originate.timeout().toMillis())));
    if (!originate.callerId().isEmpty()) {
      fields.add(new AmiMessage.Field("CallerID", originate.callerId()));
    }
    fields.add(new AmiMessage.Field("Account", request.account()));
    fields.add(new AmiMessage.Field("ChannelId", request.channelId()));
    if (leg.channel().startsWith("Local/")) {
      fields.add(new AmiMessage.Field("OtherChannelId", request.channelId() + "-2"));
    }
    fields.add(new AmiMessage.Field("Async", "true"));
    fields.add(new AmiMessage.Field("Variable", "__SWH_REF=" + request.account()));
    fields.add(new AmiMessage.Field("Variable", "__SWH_REFERENCE_ID=" + request.referenceId()));
    return new AmiMessage(fields, false);
  }

  /** A UUID of version 4. */
  private String uuid() {
    long high = (parts.random().nextLong() & ~0xF000L) | 0x4000L;
    long low = (parts.random().nextLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(high, low).toString();
  }
}
