package io.switchhook.source.asterisk.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.switchhook.event.CompanyId;
import io.switchhook.source.asterisk.AsteriskDepartment;
import io.switchhook.source.asterisk.AsteriskSettings;
import io.switchhook.source.asterisk.AsteriskSettings.ClickToCallStates;
import io.switchhook.source.asterisk.AsteriskSettings.ClidFormat;
import io.switchhook.source.asterisk.AsteriskSettings.UsersAs;
import io.switchhook.source.asterisk.AsteriskUser;
import io.switchhook.source.asterisk.ChannelPattern;
import io.switchhook.source.asterisk.OriginateRequest;
import io.switchhook.source.asterisk.ServiceNumber;
import io.switchhook.source.asterisk.ami.AmiMessage;
import io.switchhook.source.asterisk.ami.AmiParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The laboratory in which the recordings were made: its settings, requests and recordings. */
final class Laboratory {
  static final Path FOLDER = Path.of("src/test/resources/source/asterisk");
  static final ObjectMapper JSON = new ObjectMapper();

  private Laboratory() {}

  /** The settings under which a recording was made. */
  static AsteriskSettings settings(String recording) {
    return recording.charAt(0) >= '7' ? storySettings() : settings();
  }

  /** The settings of lab.yaml. */
  static AsteriskSettings settings() {
    var users =
        List.of(
            new AsteriskUser(
                "u101", "Desk 101", "", "918586848501", "101", "PJSIP/agent101", "", ""),
            new AsteriskUser(
                "u102", "Desk 102", "", "918586848502", "102", "PJSIP/agent102", "", ""));
    return settings(users, List.of(), Duration.ofSeconds(2));
  }

  /** Those of the recordings 70 and on, which are the stories of RealAsteriskTest. */
  private static AsteriskSettings storySettings() {
    var users =
        Stream.of("101", "102", "103", "104", "105", "106", "107", "110", "201", "202", "203")
            .map(it -> new AsteriskUser("u" + it, "Agent " + it, "", "", it, "", "", ""))
            .toList();
    return settings(users, List.of(new ChannelPattern("PJSIP/agent*")), Duration.ZERO);
  }

  private static AsteriskSettings settings(
      List<AsteriskUser> users, List<ChannelPattern> userChannels, Duration afterCallDelay) {
    return new AsteriskSettings(
        "lab",
        new CompanyId("5cd40f6554442586"),
        users,
        userChannels,
        List.of(),
        List.of(new ChannelPattern("PJSIP/carrier")),
        List.of(),
        List.of(new ServiceNumber.Exten(), new ServiceNumber.Variable("DID")),
        "IN",
        ClidFormat.NATIONAL,
        UsersAs.NUMBER,
        List.of(
            new AsteriskDepartment(
                "5cd40f6559784843", "sales", List.of("sales"), List.of("9000000003"))),
        "",
        AsteriskSettings.Variables.DEFAULT,
        ClickToCallStates.FULL,
        false,
        afterCallDelay,
        Duration.ofHours(4),
        new AsteriskSettings.Originate(
            "PJSIP/agent{extension}",
            "PJSIP/{number}@carrier",
            "9000000001",
            "c2c",
            Map.of("5ee9a795b318a786", "obd,s,1"),
            Duration.ofSeconds(5),
            List.of("+91*"),
            60));
  }

  /** The names of the recordings, without what the recorder account saw beside. */
  static List<String> recordings() {
    return names().stream()
        .filter(name -> !name.endsWith(".full") && !name.startsWith("50-"))
        .toList();
  }

  /** All names. */
  static List<String> names() {
    try (var files = Files.list(FOLDER.resolve("transcripts"))) {
      return files.map(file -> file.getFileName().toString().replace(".txt", "")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(String recording) {
    try {
      return Files.readAllBytes(FOLDER.resolve("transcripts").resolve(recording + ".txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The messages of a recording. */
  static List<AmiMessage> messages(String recording) {
    var messages = new ArrayList<AmiMessage>();
    new AmiParser(messages::add).feed(bytes(recording));
    return messages;
  }

  /** What was asked of us before a recording was made. */
  static Optional<OriginateRequest> request(String recording) {
    return lines("requests.ndjson").stream()
        .filter(line -> recording.startsWith(line.path("call").asText()))
        .findFirst()
        .map(Laboratory::request);
  }

  /** The recorded calls as in-call logs: recording to its lines. */
  static Map<String, List<JsonNode>> expected() {
    var expected = new LinkedHashMap<String, List<JsonNode>>();
    for (var line : lines("calls.ndjson")) {
      expected.computeIfAbsent(line.path("call").asText(), _ -> new ArrayList<>()).add(line);
    }
    return expected;
  }

  private static OriginateRequest request(JsonNode line) {
    var originate = line.path("originate");
    var request = line.path("request");
    return new OriginateRequest(
        OriginateRequest.Type.valueOf(request.path("type").asText().toUpperCase(Locale.ROOT)),
        line.path("reference_id").asText(),
        line.path("client_ref_id").asText(),
        request.path("public_ivr_id").asText(),
        request.path("user").asText(),
        request.path("number").asText(),
        originate.path("ActionID").asText(),
        originate.path("Account").asText(),
        originate.path("ChannelId").asText(),
        originate.path("Channel").asText());
  }

  private static List<JsonNode> lines(String file) {
    try {
      var lines = new ArrayList<JsonNode>();
      for (var line : Files.readAllLines(FOLDER.resolve(file))) {
        lines.add(JSON.readTree(line));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
