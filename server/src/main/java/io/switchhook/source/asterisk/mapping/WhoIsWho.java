package io.switchhook.source.asterisk.mapping;

import io.switchhook.source.TelephoneNumber;
import io.switchhook.source.asterisk.AsteriskSettings;
import io.switchhook.source.asterisk.AsteriskSettings.ClidFormat;
import io.switchhook.source.asterisk.AsteriskSettings.UsersAs;
import io.switchhook.source.asterisk.AsteriskUser;
import io.switchhook.source.asterisk.ServiceNumber;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Who is behind a channel, and how people are written in logs: the settings, put to use. */
final class WhoIsWho {
  static final String ANONYMOUS = "anonymous";
  static final String UNKNOWN = "unknown";

  private static final Set<String> HIDDEN =
      Set.of("", ANONYMOUS, "private", "restricted", "unavailable", UNKNOWN, "withheld", "blocked");

  /** Extensions that dialplans use for themselves. */
  private static final Set<String> NO_NUMBER = Set.of("", "s", "h", "i", "t", "o", "fax");

  private final AsteriskSettings settings;

  /** The customer's number as logs write it. */
  record Clid(String raw, String formatted) {}

  WhoIsWho(AsteriskSettings settings) {
    this.settings = settings;
  }

  AsteriskSettings settings() {
    return settings;
  }

  /** A channel's name without its running number: {@code PJSIP/agent101-0000003f}. */
  static String device(String channelName) {
    var end = channelName.lastIndexOf('-');
    return end <= 0 ? channelName : channelName.substring(0, end);
  }

  static boolean isLocal(String channelName) {
    return channelName.regionMatches(/* ignoreCase= */ true, 0, "Local/", 0, 6);
  }

  /** The user whose device this is, by name or by pattern. */
  Optional<AsteriskUser> byDevice(String device) {
    var named = first(user -> user.channel().equalsIgnoreCase(device));
    if (named.isPresent()) {
      return named;
    }
    if (settings.notUserChannels().stream().anyMatch(not -> not.matches(device))) {
      return Optional.empty();
    }
    return settings.userChannels().stream()
        .flatMap(pattern -> pattern.matched(device).stream())
        .findFirst()
        .map(extension -> byExtension(extension.isEmpty() ? device : extension));
  }

  /** The user who is reached by dialling this. */
  Optional<AsteriskUser> byDialled(String dialString) {
    if (dialString.isEmpty()) {
      return Optional.empty();
    }
    var slash = dialString.indexOf('/');
    var withoutTechnology = slash < 0 ? dialString : dialString.substring(slash + 1);
    return first(
        user ->
            !user.dial().isEmpty()
                && (user.dial().equalsIgnoreCase(dialString)
                    || user.dial().equalsIgnoreCase(withoutTechnology)));
  }

  /** The user who is this member of a queue, by its name or its interface. */
  Optional<AsteriskUser> byMember(String memberName, String queueInterface) {
    return first(
        user ->
            !user.member().isEmpty()
                && (user.member().equalsIgnoreCase(memberName)
                    || user.member().equalsIgnoreCase(queueInterface)));
  }

  /** The first user of those that stand in {@code users}. */
  Optional<AsteriskUser> byListed(List<String> listed) {
    return listed.isEmpty()
        ? Optional.empty()
        : first(user -> listed(user).equals(listed.getFirst()));
  }

  boolean isTrunk(String device) {
    return settings.trunks().stream().anyMatch(trunk -> trunk.matches(device));
  }

  boolean isInbound(String context) {
    return settings.inboundContexts().isEmpty() || settings.inboundContexts().contains(context);
  }

  /** How logs name this user. */
  String listed(AsteriskUser user) {
    var number = digits(user.number());
    if (settings.usersAs() == UsersAs.ID && !user.id().isEmpty()) {
      return user.id();
    }
    if (!number.isEmpty()) {
      return number;
    }
    return user.extension().isEmpty() ? user.id() : user.extension();
  }

  /** A customer's number, as a phone system writes it. */
  Clid clid(String number) {
    if (HIDDEN.contains(number.toLowerCase(Locale.ROOT))) {
      return new Clid(ANONYMOUS, ANONYMOUS);
    }
    var parts = TelephoneNumber.inRegion(number, settings.region());
    if (!parts.isWhole()) {
      var kept = parts.national().isEmpty() ? number : parts.national();
      return new Clid(kept, kept);
    }
    var raw = parts.e164().substring(1);
    var home = String.valueOf(TelephoneNumber.countryCodeOf(settings.region()));
    if (!parts.countryCode().equals(home) || settings.clidFormat() == ClidFormat.E164) {
      return new Clid(raw, parts.e164());
    }
    return new Clid(raw, settings.clidFormat() == ClidFormat.DIGITS ? raw : parts.national());
  }

  /** True when this is a whole telephone number, not an extension or a name. */
  boolean isCustomerNumber(String text) {
    return TelephoneNumber.inRegion(text, settings.region()).isWhole();
  }

  /** The number in what was dialled: {@code PJSIP/919711636496@carrier}, {@code carrier/9711…}. */
  static String numberDialled(String dialString) {
    var at = dialString.indexOf('@');
    var number = at < 0 ? dialString : dialString.substring(0, at);
    return number.substring(number.lastIndexOf('/') + 1);
  }

  /** The service number by what is known of the call's first channel; empty when not known yet. */
  Optional<String> serviceNumber(String exten, VariableValues variables) {
    for (var place : settings.serviceNumber()) {
      var number =
          switch (place) {
            case ServiceNumber.Exten() ->
                NO_NUMBER.contains(exten.toLowerCase(Locale.ROOT)) ? "" : exten;
            case ServiceNumber.Variable(var name) -> variables.value(name);
          };
      if (!number.isEmpty()) {
        return Optional.of(number);
      }
    }
    return Optional.empty();
  }

  /** The number that the far end of an outgoing call sees: the caller id, unless it is a user. */
  String serviceNumberOf(String callerNumber) {
    var isUser =
        first(user -> user.extension().equals(callerNumber) || user.number().equals(callerNumber))
            .isPresent();
    return isUser || !isCustomerNumber(callerNumber) ? UNKNOWN : callerNumber;
  }

  /** What far ends see of our own calls. */
  String ownNumber() {
    var originate = settings.originate();
    return originate == null || originate.callerId().isEmpty() ? UNKNOWN : originate.callerId();
  }

  private AsteriskUser byExtension(String extension) {
    return first(user -> user.extension().equals(extension))
        .orElseGet(() -> new AsteriskUser(extension, "", "", "", extension, "", "", ""));
  }

  private Optional<AsteriskUser> first(Predicate<AsteriskUser> which) {
    return settings.users().stream().filter(which).findFirst();
  }

  private static String digits(String number) {
    return number.replaceAll("[^0-9]", "");
  }
}
