package io.switchhook.source.asterisk.live;

import io.switchhook.config.SectionReader;
import io.switchhook.event.CompanyId;
import io.switchhook.source.asterisk.AsteriskDepartment;
import io.switchhook.source.asterisk.AsteriskSettings;
import io.switchhook.source.asterisk.AsteriskSettings.ClickToCallStates;
import io.switchhook.source.asterisk.AsteriskSettings.ClidFormat;
import io.switchhook.source.asterisk.AsteriskSettings.Originate;
import io.switchhook.source.asterisk.AsteriskSettings.UsersAs;
import io.switchhook.source.asterisk.AsteriskSettings.Variables;
import io.switchhook.source.asterisk.AsteriskUser;
import io.switchhook.source.asterisk.ChannelPattern;
import io.switchhook.source.asterisk.ServiceNumber;
import io.switchhook.source.asterisk.line.LineSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A section of type {@code asterisk}, read.
 *
 * @param users of the settings alone
 * @param usersFile more users; null when none is named
 */
record AsteriskSection(
    LineSettings line, List<AsteriskUser> users, @Nullable Path usersFile, Mapped mapped) {
  private static final Pattern REGION = Pattern.compile("[A-Z]{2}");
  private static final Pattern IVR = Pattern.compile("[^,]+,[^,]+,[0-9A-Za-z_]+");
  private static final int PORT = 5038;
  private static final int PORT_TLS = 5039;

  /** What the mapping is told, but for whose calls they are. */
  @FunctionalInterface
  interface Mapped {
    AsteriskSettings of(String source, CompanyId company, List<AsteriskUser> users);
  }

  static AsteriskSection read(SectionReader section) {
    var line = line(section);
    var users = ReadUsers.of(section);
    var usersFile = section.file("users-file").orElse(null);
    return new AsteriskSection(line, users, usersFile, mapped(section));
  }

  private static LineSettings line(SectionReader section) {
    var host = section.text("host");
    boolean tls = section.truth("tls", false);
    return new LineSettings(
        host,
        section.wholeNumber("port", 1, 65_535, tls ? PORT_TLS : PORT),
        tls,
        section.file("tls-certificate").orElse(null),
        section.text("username"),
        section.secret("secret"),
        new LineSettings.Pace(
            section.duration("answer-timeout", "100ms", "1m", "8s"),
            section.duration("ping-interval", "100ms", "1m", "5s"),
            section.duration("reconnect-min", "10ms", "1m", "500ms"),
            section.duration("reconnect-max", "10ms", "10m", "30s"),
            section.duration("snapshot-interval", "1s", "1h", "1m")));
  }

  private static Mapped mapped(SectionReader section) {
    var userChannels = patterns(section, "user-channels");
    var notUserChannels = patterns(section, "not-user-channels");
    var trunks = patterns(section, "trunks");
    var inboundContexts = section.texts("inbound-contexts");
    var serviceNumber = serviceNumber(section);
    var region = region(section);
    var clid = section.choice("clid-format", List.of("national", "e164", "digits"), "national");
    var usersAs = section.choice("users-as", List.of("number", "id"), "number");
    var departments = departments(section);
    var recordingUrl = section.text("recording-url", "");
    var variables = section.section("variables").map(AsteriskSection::variables);
    var states = section.choice("click-to-call-states", List.of("full", "strict"), "full");
    boolean internalCalls = section.truth("internal-calls", false);
    var afterCallDelay = section.duration("after-call-delay", "0s", "10m", "2s");
    var maximumCallAge = section.duration("maximum-call-age", "1m", "7d", "4h");
    var originate = section.section("originate").map(AsteriskSection::originate);
    if (trunks.isEmpty()) {
      section.refuse(
          "trunks",
          "must name at least one, such as [\"PJSIP/carrier*\"]: customers are behind it");
    }
    return (source, company, users) ->
        new AsteriskSettings(
            source,
            company,
            users,
            channelPatterns(userChannels),
            channelPatterns(notUserChannels),
            channelPatterns(trunks),
            inboundContexts,
            serviceNumber,
            region,
            ClidFormat.valueOf(clid.toUpperCase(Locale.ROOT)),
            UsersAs.valueOf(usersAs.toUpperCase(Locale.ROOT)),
            departments,
            recordingUrl,
            variables.orElse(Variables.DEFAULT),
            ClickToCallStates.valueOf(states.toUpperCase(Locale.ROOT)),
            internalCalls,
            afterCallDelay,
            maximumCallAge,
            originate.orElse(null));
  }

  private static String region(SectionReader section) {
    var region = section.text("region", "IN");
    if (!REGION.matcher(region).matches()) {
      section.refuse("region", "allowed are two capital letters (ISO 3166), such as IN or US");
    }
    return region;
  }

  private static List<String> patterns(SectionReader section, String name) {
    var patterns = section.texts(name);
    patterns.stream()
        .filter(it -> !ChannelPattern.isValid(it))
        .forEach(
            it ->
                section.refuse(
                    name,
                    it + " must be a channel's name with at most one *, such as PJSIP/agent*"));
    return patterns;
  }

  private static List<ChannelPattern> channelPatterns(List<String> texts) {
    return texts.stream().map(ChannelPattern::new).toList();
  }

  private static List<ServiceNumber> serviceNumber(SectionReader section) {
    var texts = section.has("service-number") ? section.texts("service-number") : List.of("exten");
    var places = new ArrayList<ServiceNumber>();
    for (var text : texts) {
      if (text.equals("exten")) {
        places.add(new ServiceNumber.Exten());
      } else if (text.startsWith("variable:") && text.length() > "variable:".length()) {
        places.add(new ServiceNumber.Variable(text.substring("variable:".length())));
      } else {
        section.refuse("service-number", text + ": allowed are exten and variable:NAME");
      }
    }
    return places;
  }

  private static List<AsteriskDepartment> departments(SectionReader section) {
    var departments = new ArrayList<AsteriskDepartment>();
    for (var entry : section.sections("departments")) {
      departments.add(
          new AsteriskDepartment(
              entry.text("id"), entry.text("name"), entry.texts("queues"), entry.texts("numbers")));
      entry.refuseOthers();
    }
    return departments;
  }

  private static Variables variables(SectionReader section) {
    var variables =
        new Variables(
            section.text("client-ref-id", Variables.DEFAULT.clientRefId()),
            section.text("recording", Variables.DEFAULT.recording()));
    section.refuseOthers();
    return variables;
  }

  private static Originate originate(SectionReader section) {
    var user = section.text("user", "");
    var context = section.text("click-to-call-context", "");
    if (user.isEmpty() != context.isEmpty()) {
      section.refuse(
          user.isEmpty() ? "user" : "click-to-call-context",
          "click to call needs both user and click-to-call-context");
    }
    var ivr = section.textsByName("ivr");
    ivr.forEach(
        (id, place) -> {
          if (!IVR.matcher(place).matches()) {
            section.refuse("ivr", id + ": " + place + " must be context,extension,priority");
          }
        });
    var customer = section.text("customer");
    if (!customer.isEmpty() && !CustomerNumber.standsIn(customer)) {
      section.refuse(
          "customer",
          "must have {number}, {e164} or {national} in it, such as PJSIP/{number}@carrier");
    }
    var originate =
        new Originate(
            user,
            customer,
            section.text("caller-id", ""),
            context,
            ivr,
            section.duration("timeout", "1s", "5m", "30s"),
            allowedNumbers(section),
            section.wholeNumber("calls-per-minute", 1, 100_000, 60));
    section.refuseOthers();
    return originate;
  }

  private static List<String> allowedNumbers(SectionReader section) {
    var allowed = section.texts("allowed-numbers");
    for (var text : allowed) {
      if (!text.matches("\\+[0-9]{0,15}\\*?")) {
        section.refuse(
            "allowed-numbers",
            text + " must be a number with a plus, or its beginning and a *, such as +91*");
      }
    }
    if (allowed.isEmpty()) {
      section.refuse(
          "allowed-numbers",
          "must name what may be called, such as [\"+91*\"]: without it nothing may be, because"
              + " calls cost money");
    }
    return allowed;
  }

  /** True when a number, E.164 with a plus, is among those that may be called. */
  static boolean isAllowed(List<String> allowed, String number) {
    return allowed.stream()
        .anyMatch(
            it ->
                it.endsWith("*")
                    ? number.startsWith(it.substring(0, it.length() - 1))
                    : it.equals(number));
  }

  /** The channel variables that these settings use, and events must therefore carry. */
  Set<String> wantedVariables(AsteriskSettings settings) {
    var wanted = new TreeSet<String>();
    if (settings.originate() != null) {
      wanted.add(settings.variables().clientRefId());
    }
    if (!settings.recordingUrl().isEmpty()) {
      wanted.add(settings.variables().recording());
    }
    for (var place : settings.serviceNumber()) {
      if (place instanceof ServiceNumber.Variable(var name)) {
        wanted.add(name);
      }
    }
    return wanted;
  }
}
