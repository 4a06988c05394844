package io.switchhook.receive;

import io.switchhook.calllog.AfterCallLog;
import io.switchhook.calllog.CallStatus;
import io.switchhook.calllog.DispositionLog;
import io.switchhook.calllog.InCallLog;
import io.switchhook.calllog.v2.Envelope;
import io.switchhook.calllog.v2.Leg;
import io.switchhook.receiver.Message;
import io.switchhook.receiver.Reception.Failed;
import io.switchhook.receiver.Reception.InWork;
import io.switchhook.receiver.Reception.Repeat;
import io.switchhook.receiver.Reception.Told;
import io.switchhook.receiver.Reception.TooLarge;
import io.switchhook.receiver.Reception.Unproven;
import io.switchhook.receiver.Reception.Unreadable;
import io.switchhook.receiver.Reception.WrongMethod;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in one line for people what a request told. */
public final class DescribeReception {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);
  private static final String NOBODY = "nobody";
  private static final List<String> MARKS =
      List.of(
          "webhook-id",
          "switchhook-sequence",
          "switchhook-previous",
          "switchhook-attempt",
          "switchhook-skipped",
          "switchhook-replay",
          "switchhook-test");

  private final ZoneId zone;

  /** Describes with times of this zone. */
  public DescribeReception(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * The line: time, number, state, who, uid, the marks of the delivery, the answer. Whatever a
   * sender writes, it is one line without control characters.
   */
  public String line(Reception reception) {
    var words =
        switch (reception.came()) {
          case Told(var message, _, _) -> told(reception.method(), message);
          case Repeat(var message, _) -> told(reception.method(), message);
          case InWork(var message, _) -> told(reception.method(), message);
          case Failed(var told, _) -> told(reception.method(), told.message());
          case Unreadable(var reason) -> Stream.of("unreadable: " + reason.sentence());
          case Unproven _, WrongMethod _, TooLarge _ -> Stream.of(reception.method() + " refused");
        };
    return Stream.of(
            Stream.of(TIME.format(reception.at().atZone(zone))),
            words,
            marks(reception),
            Stream.of("-> " + reception.answer().word()))
        .flatMap(part -> part)
        .map(PlainText::of)
        .collect(Collectors.joining("  "));
  }

  private static Stream<String> told(String method, Message message) {
    var words =
        switch (message) {
          case Message.InCall(var log, _, _) -> inCall(log);
          case Message.AfterCall(var log, var raw, _) -> afterCall("after call", log, raw.uid());
          case Message.Disposition(var log, var raw, _) ->
              afterCall("disposition " + tags(log), log.call(), raw.uid());
          case Message.Event(var envelope, _, _) -> event(envelope);
          case Message.ParametersOnly _ -> Stream.of(method + " without a call log");
        };
    return Stream.concat(words, parameters(message.parameters()));
  }

  private static Stream<String> event(Envelope event) {
    var call = event.call();
    var ending = call.callStatus().map(status -> ": " + status.word()).orElse("");
    var agents =
        call.legs().stream()
            .filter(Leg::isAgent)
            .map(Leg::phoneNumber)
            .filter(number -> !number.isEmpty())
            .distinct()
            .collect(Collectors.joining(","));
    return Stream.of(
        number(call.customerNumber(), event.customerIdentifier()),
        event.eventType() + ending,
        agents.isEmpty() ? NOBODY : agents,
        event.sessionId());
  }

  private static Stream<String> inCall(InCallLog log) {
    var state = log.callState();
    var ending = log.callStatus().map(status -> ": " + status.word()).orElse("");
    return Stream.of(
        number(log.clidRaw(), log.clid()),
        state.number() + " " + state.words() + ending,
        log.users().isEmpty() ? NOBODY : String.join(",", log.users()),
        log.uid());
  }

  private static Stream<String> afterCall(String what, AfterCallLog log, String uid) {
    var status = CallStatus.of(String.valueOf(log.status())).map(CallStatus::word);
    var who =
        log.legs().stream()
            .filter(leg -> leg.status().equals("1"))
            .flatMap(leg -> leg.receivedBy().stream())
            .map(user -> firstOf(user.name(), user.e164(), user.id()).orElse(NOBODY))
            .distinct()
            .collect(Collectors.joining(","));
    return Stream.of(
        number(log.caller().e164(), log.caller().national()),
        what + status.map(word -> ": " + word).orElse("") + " " + log.times().duration(),
        who.isEmpty() ? NOBODY : who,
        uid);
  }

  private static String tags(DispositionLog log) {
    return log.dispositions().stream()
        .flatMap(tag -> tag.values().stream())
        .collect(Collectors.joining(","));
  }

  private static String number(@Nullable String first, @Nullable String second) {
    return firstOf(first, second).orElse("no number");
  }

  private static Optional<String> firstOf(@Nullable String... texts) {
    for (var text : texts) {
      if (text != null && !text.isEmpty()) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  private static Stream<String> parameters(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(parameter -> parameter.getKey() + "=" + parameter.getValue());
  }

  private static Stream<String> marks(Reception reception) {
    return MARKS.stream()
        .flatMap(
            mark ->
                reception.header(mark).stream()
                    .map(value -> mark.replace("switchhook-", "") + "=" + value));
  }
}
