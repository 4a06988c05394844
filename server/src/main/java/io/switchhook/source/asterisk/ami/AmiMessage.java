package io.switchhook.source.asterisk.ami;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One message of the manager protocol: an event, a response, or something else, with its fields as
 * they came. A field may occur several times (ChanVariable does); names are compared without regard
 * to case, because Asterisk writes {@code Uniqueid}, {@code UniqueID} and {@code Linkedid}, {@code
 * LinkedID}.
 *
 * <p>Source: Asterisk's manager.c and the events documented at docs.asterisk.org, AMI 5 to 12.
 *
 * @param fields in the order in which they came; a line without a colon has the name {@code ""}
 * @param isCut true when it was larger than {@link AmiParser} takes and something of it is missing
 */
public record AmiMessage(List<Field> fields, boolean isCut) {
  /** What Asterisk writes for a value that it does not know. */
  private static final String UNKNOWN = "<unknown>";

  private static final int TIMESTAMP_LENGTH_MAX = 30;

  /** One line of a message. */
  public record Field(String name, String value) {}

  public AmiMessage {
    fields = List.copyOf(fields);
  }

  /** A message with these fields: name, value, name, value … */
  public static AmiMessage of(String... namesAndValues) {
    var fields = new ArrayList<Field>(namesAndValues.length / 2);
    for (var i = 0; i + 1 < namesAndValues.length; i += 2) {
      fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new AmiMessage(fields, false);
  }

  /**
   * True for an event. An OriginateResponse has both an Event and a Response line and is an event.
   */
  public boolean isEvent() {
    return first("Event").isPresent();
  }

  /** True for the answer to an action. */
  public boolean isResponse() {
    return !isEvent() && first("Response").isPresent();
  }

  /** The event's name, as {@code Newchannel}; empty for what is no event. */
  public String event() {
    return first("Event").orElse("");
  }

  /** The answer's word, as {@code Success}; empty for what has none. */
  public String response() {
    return first("Response").orElse("");
  }

  /** The id of the action that this answers or belongs to; empty when it has none. */
  public String actionId() {
    return text("ActionID");
  }

  /** The first value of this name as it came. */
  public Optional<String> first(String name) {
    for (var field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  /** The first value of this name; {@code ""} when it is absent, empty or {@code <unknown>}. */
  public String text(String name) {
    var value = first(name).orElse("");
    return value.equals(UNKNOWN) ? "" : value;
  }

  /** All values of this name in their order. */
  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  /**
   * When the server says that it happened ({@code Timestamp}, seconds with a fraction, only with
   * {@code timestampevents=yes}); empty when it does not say, or nothing sensible.
   */
  public Optional<Instant> timestamp() {
    var text = text("Timestamp");
    var dot = text.indexOf('.');
    var seconds = dot < 0 ? text : text.substring(0, dot);
    var fraction = dot < 0 ? "" : text.substring(dot + 1);
    if (text.length() > TIMESTAMP_LENGTH_MAX
        || !isDigits(seconds, 1, 11)
        || !isDigits(fraction, 0, 9)) {
      return Optional.empty();
    }
    var nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
    return Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds), nanos));
  }

  /** Says what it is, not whose: messages hold telephone numbers. */
  @Override
  public String toString() {
    var what = isEvent() ? "event " + event() : isResponse() ? "response " + response() : "message";
    return what + " of " + fields.size() + " fields";
  }

  private static boolean isDigits(String text, int min, int max) {
    return text.length() >= min
        && text.length() <= max
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
