package io.switchhook.source.asterisk.line;

import io.switchhook.source.SourceTest.Finding;
import io.switchhook.source.SourceTest.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Connects once, beside the line that hears, and says in words what it found. */
public final class TryLine {
  private static final long EVENT_SECONDS = 10;

  private TryLine() {}

  /** All that was found; waits for an event for at most ten seconds. */
  public static List<Finding> run(LineSettings settings, AmiLine.Wants wants, AmiLine line)
      throws InterruptedException {
    var found = new ArrayList<Finding>();
    var event = new CountDownLatch(1);
    try (var session =
        new AmiSession(
            OpenSocket.open(settings),
            "trial",
            message -> {
              if (message.isEvent() && !message.event().equals("FullyBooted")) {
                event.countDown();
              }
            })) {
      LogIn.logIn(session, settings, () -> {});
      found.add(
          new Finding(
              Weight.FINE,
              "Connected to "
                  + settings.place()
                  + " ("
                  + session.banner(settings.pace().answer())
                  + ") as "
                  + settings.username()
                  + (settings.tls() ? ", encrypted." : ".")));
      found.addAll(CheckAccount.check(session, settings, wants.originate()));
      found.addAll(line.came().missing(wants.variables()));
      found.add(
          event.await(EVENT_SECONDS, TimeUnit.SECONDS)
              ? new Finding(Weight.FINE, "Events come." + classes(line))
              : noEvent(line));
    } catch (LineException e) {
      found.add(new Finding(Weight.WRONG, e.words()));
    }
    return found;
  }

  private static Finding noEvent(AmiLine line) {
    return new Finding(
        Weight.WARNING,
        "No event came within "
            + EVENT_SECONDS
            + " seconds. When nobody telephones, that is all right; otherwise the account lacks"
            + " call in read (manager.conf: read = call,agent,user,reporting,cdr,originate)."
            + classes(line));
  }

  private static String classes(AmiLine line) {
    var classes = line.came().classes();
    return classes.isEmpty()
        ? ""
        : " Since the login there were events of the classes "
            + String.join(", ", classes.stream().sorted().toList())
            + ".";
  }
}
