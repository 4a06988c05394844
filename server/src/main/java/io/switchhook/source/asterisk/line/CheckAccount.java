package io.switchhook.source.asterisk.line;

import io.switchhook.source.SourceTest.Finding;
import io.switchhook.source.SourceTest.Weight;
import io.switchhook.source.asterisk.ami.AmiMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Says what an account of manager.conf may not do, as far as Asterisk tells: which actions it may
 * ask for it lists, which events it is sent it does not.
 */
final class CheckAccount {
  private CheckAccount() {}

  /** All that was found, good and bad. */
  static List<Finding> check(AmiSession session, LineSettings settings, boolean mayOriginate)
      throws LineException, InterruptedException {
    var found = new ArrayList<Finding>();
    var patience = settings.pace().answer();
    var commands = session.ask(patience, AmiMessage.of("Action", "ListCommands")).response();
    var listed = commands.fields().stream().map(it -> it.name().toLowerCase(Locale.ROOT)).toList();
    need(
        found,
        listed.contains("coreshowchannels"),
        "reporting",
        "calls are known again after a" + " lost connection");
    need(
        found,
        listed.contains("status"),
        "call",
        "what is going on is seen after a lost" + " connection");
    if (mayOriginate) {
      need(found, listed.contains("originate"), "originate", "calls can be started");
    }
    if (listed.contains("coresettings")) {
      var core = session.ask(patience, AmiMessage.of("Action", "CoreSettings")).response();
      found.add(systemName(core.text("SystemName"), core.text("AsteriskVersion")));
    }
    return found;
  }

  private static void need(List<Finding> found, boolean has, String right, String what) {
    found.add(
        has
            ? new Finding(Weight.FINE, "write has " + right + ": " + what + ".")
            : new Finding(
                Weight.WRONG,
                "The account lacks " + right + " in write (manager.conf): with it, " + what + "."));
  }

  private static Finding systemName(String name, String version) {
    return name.isEmpty()
        ? new Finding(
            Weight.WARNING,
            "asterisk.conf has no systemname: the source's name stands in its place in each uid."
                + " With several servers behind one name, set it.")
        : new Finding(
            Weight.FINE, "Asterisk " + version + " calls itself " + name + " (systemname).");
  }
}
