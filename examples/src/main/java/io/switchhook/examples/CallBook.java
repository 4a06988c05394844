package io.switchhook.examples;

import io.switchhook.receiver.Continuity;
import io.switchhook.receiver.Message;
import io.switchhook.receiver.Reception.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What these examples do with what they are told: one line for each event, in a file. When it
 * cannot be written the receiver answers 500, and the event is told again.
 */
public final class CallBook implements Consumer<Told> {
  private final Path file;

  /** Writes into this file, behind what is there. */
  public CallBook(Path file) {
    this.file = file;
  }

  @Override
  public void accept(Told told) {
    try {
      Files.writeString(
          file, line(told) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What happened: id, kind, call, state, number, users, and whether something is missing. */
  static String line(Told told) {
    var id = told.marks().id().orElse("");
    var uid = told.message().uid().orElse("");
    var what =
        switch (told.message()) {
          case Message.InCall(var log, _, _) ->
              List.of(
                  "in-call",
                  uid,
                  String.valueOf(log.callState().number()),
                  // There is no _cr in an in-call log: the caller is clid_raw.
                  log.clidRaw() == null ? "" : log.clidRaw(),
                  String.join(",", log.users()));
          case Message.AfterCall(var log, _, _) ->
              List.of("after-call", uid, String.valueOf(log.status()), log.caller().e164(), "");
          case Message.Disposition(var log, _, _) ->
              List.of(
                  "disposition",
                  uid,
                  String.valueOf(log.call().status()),
                  log.call().caller().e164(),
                  "");
          case Message.Event(var event, _, _) ->
              List.of("event", uid, event.eventType(), event.customerIdentifier(), "");
          case Message.ParametersOnly(var parameters) ->
              List.of(
                  "parameters",
                  uid,
                  parameters.getOrDefault("state", ""),
                  parameters.getOrDefault("caller_number", ""),
                  "");
        };
    var isGap = told.continuity() instanceof Continuity.Gap;
    return Stream.of(Stream.of(id), what.stream(), Stream.of(isGap ? "gap" : "ok"))
        .flatMap(part -> part)
        .map(field -> field.replaceAll("\\p{Cntrl}", " "))
        .collect(Collectors.joining("\t"));
  }
}
