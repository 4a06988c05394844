package io.switchhook.source.asterisk.mapping;

import io.switchhook.source.asterisk.AsteriskSettings;
import io.switchhook.source.asterisk.AsteriskSettings.ClickToCallStates;
import io.switchhook.source.asterisk.AsteriskUser;
import java.util.ArrayList;
import java.util.List;

/** The laboratory's settings with one thing changed. */
final class Variants {
  private Variants() {}

  private record Parts(
      List<AsteriskUser> users,
      List<String> contexts,
      ClickToCallStates states,
      String recordingUrl,
      boolean internalCalls) {}

  static AsteriskSettings withInternalCalls(AsteriskSettings from) {
    return change(
        from, new Parts(from.users(), from.inboundContexts(), from.clickToCallStates(), "", true));
  }

  static AsteriskSettings with(AsteriskSettings from, ClickToCallStates states) {
    return change(from, new Parts(from.users(), from.inboundContexts(), states, "", false));
  }

  static AsteriskSettings withInboundContexts(AsteriskSettings from, String... contexts) {
    return change(
        from, new Parts(from.users(), List.of(contexts), from.clickToCallStates(), "", false));
  }

  static AsteriskSettings withRecordings(AsteriskSettings from) {
    var url = "https://pbx.example.com/rec/{file}";
    return change(
        from,
        new Parts(from.users(), from.inboundContexts(), from.clickToCallStates(), url, false));
  }

  /** A user with a mobile, known by what is dialled and as a queue's member. */
  static AsteriskSettings withMobile(AsteriskSettings from) {
    var users = new ArrayList<>(from.users());
    users.add(
        new AsteriskUser(
            "u201", "Field 201", "", "918586848544", "", "", "918586848544@carrier", "Field 201"));
    return change(
        from, new Parts(users, from.inboundContexts(), from.clickToCallStates(), "", false));
  }

  private static AsteriskSettings change(AsteriskSettings from, Parts parts) {
    return new AsteriskSettings(
        from.source(),
        from.company(),
        parts.users(),
        from.userChannels(),
        from.notUserChannels(),
        from.trunks(),
        parts.contexts(),
        from.serviceNumber(),
        from.region(),
        from.clidFormat(),
        from.usersAs(),
        from.departments(),
        parts.recordingUrl(),
        from.variables(),
        parts.states(),
        parts.internalCalls(),
        from.afterCallDelay(),
        from.maximumCallAge(),
        from.originate());
  }
}
