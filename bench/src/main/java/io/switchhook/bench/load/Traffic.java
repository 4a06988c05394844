package io.switchhook.bench.load;

import java.time.Duration;

/**
 * Events and when they are sent. Every event has an ordinal, 0, 1, 2 …, in the order of sending;
 * its call, its place in the call, its group and its time follow from the ordinal by arithmetic, so
 * that millions of them take no memory.
 *
 * <p>Calls come in rounds: the first events of all calls of a round, then their second events, and
 * so on. A request holds events of calls that are neighbours, and goes over the connection on which
 * earlier events of the same calls went.
 *
 * @param number of this traffic within a run, 0 to 255
 * @param name for people
 * @param kind of the call logs
 * @param ratePerSecond of events
 * @param batch events of a request
 * @param eventsPerCall how many events a call has
 * @param callsAtOnce calls of a round; a multiple of {@code batch}
 * @param count of events, at most; a multiple of {@code batch}
 * @param layout of all webhooks
 * @param firstGroup that hears of this traffic
 * @param groupCount groups that hear of it, from the first one on
 */
public record Traffic(
    int number,
    String name,
    LogKind kind,
    double ratePerSecond,
    int batch,
    int eventsPerCall,
    int callsAtOnce,
    long count,
    Layout layout,
    int firstGroup,
    int groupCount) {
  /** The most events of one request. */
  public static final int BATCH_MAX = 1_000;

  /** What kind of call logs are sent. */
  public enum LogKind {
    IN_CALL,
    AFTER_CALL
  }

  public Traffic {
    var isWhole =
        callsAtOnce % batch == 0
            && count % batch == 0
            && firstGroup % layout.companies() == 0
            && groupCount % layout.companies() == 0;
    var isInRange =
        number >= 0
            && number < 256
            && batch >= 1
            && batch <= BATCH_MAX
            && eventsPerCall >= 1
            && eventsPerCall <= 250
            && ratePerSecond > 0
            && firstGroup + groupCount <= layout.groups();
    if (!isWhole || !isInRange) {
      throw new IllegalArgumentException("no traffic can be so: " + name);
    }
  }

  /**
   * Traffic for all groups.
   *
   * @param shape batch and events of a call
   */
  public static Traffic toAll(Layout layout, double ratePerSecond, Shape shape, Duration time) {
    return toSome(layout, new Groups(0, layout.groups()), ratePerSecond, shape).lasting(0, time);
  }

  /** Some groups. */
  public record Groups(int first, int count) {}

  /**
   * How the events are dealt out.
   *
   * @param pause between two events of a call
   */
  public record Shape(LogKind kind, int batch, int eventsPerCall, Duration pause) {}

  /** Traffic for some groups, without a number and an end. */
  public static Traffic toSome(Layout layout, Groups groups, double ratePerSecond, Shape shape) {
    var wanted = (int) Math.max(1, ratePerSecond * shape.pause().toNanos() / 1e9);
    var whole = shape.batch() * layout.companies();
    var callsAtOnce = (wanted + whole - 1) / whole * whole;
    return new Traffic(
        0,
        "traffic",
        shape.kind(),
        ratePerSecond,
        shape.batch(),
        shape.eventsPerCall(),
        callsAtOnce,
        0,
        layout,
        groups.first(),
        groups.count());
  }

  /** The same with this number and name. */
  public Traffic named(int newNumber, String newName) {
    return new Traffic(
        newNumber,
        newName,
        kind,
        ratePerSecond,
        batch,
        eventsPerCall,
        callsAtOnce,
        count,
        layout,
        firstGroup,
        groupCount);
  }

  /** The same with so many events, rounded up to whole requests. */
  public Traffic ofCount(long newCount) {
    return new Traffic(
        number,
        name,
        kind,
        ratePerSecond,
        batch,
        eventsPerCall,
        callsAtOnce,
        (newCount + batch - 1) / batch * batch,
        layout,
        firstGroup,
        groupCount);
  }

  private Traffic lasting(int newNumber, Duration time) {
    return named(newNumber, name).ofCount(Math.round(ratePerSecond * time.toNanos() / 1e9));
  }

  /** The same for so long. */
  public Traffic lasting(Duration time) {
    return lasting(number, time);
  }

  /** How many requests carry it. */
  public long requests() {
    return count / batch;
  }

  /** After how many nanoseconds from the beginning a request is due. */
  public long dueNanos(long request) {
    return Math.round(request * (batch * 1e9 / ratePerSecond));
  }

  /** The request that carries an event. */
  public long requestOf(long ordinal) {
    return ordinal / batch;
  }

  /** The call of an event, counted from 0. */
  public long callOf(long ordinal) {
    return ordinal / round() * callsAtOnce + ordinal % callsAtOnce;
  }

  /** The place of an event in its call, counted from 0. */
  public int placeOf(long ordinal) {
    return (int) (ordinal % round() / callsAtOnce);
  }

  /** The event at a place of a call. */
  public long ordinalOf(long call, int place) {
    return call / callsAtOnce * round() + (long) place * callsAtOnce + call % callsAtOnce;
  }

  /** The group that hears of a call. */
  public int groupOf(long call) {
    var companies = layout.companies();
    var inRound = call % callsAtOnce;
    var company = (int) (inRound / batch % companies);
    var inCompany =
        inRound / ((long) batch * companies) * batch
            + inRound % batch
            + call / callsAtOnce * (callsAtOnce / companies);
    return firstGroup + company + companies * (int) (inCompany % (groupCount / companies));
  }

  /** The company whose events a request carries. */
  public int companyOf(long request) {
    return (int) (request % requestsOfRoundPart() % layout.companies());
  }

  /** A number that is the same for all requests with events of the same calls. */
  public long strandOf(long request) {
    return request % requestsOfRoundPart();
  }

  private int requestsOfRoundPart() {
    return callsAtOnce / batch;
  }

  private long round() {
    return (long) callsAtOnce * eventsPerCall;
  }
}
