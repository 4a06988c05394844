package org.asteriskjava.manager.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.source.asterisk.ami.AmiMessage;
import io.switchhook.source.asterisk.ami.AmiParser;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.asteriskjava.manager.event.BridgeEnterEvent;
import org.asteriskjava.manager.event.DialBeginEvent;
import org.asteriskjava.manager.event.DialEndEvent;
import org.asteriskjava.manager.event.HangupEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.NewChannelEvent;
import org.asteriskjava.manager.event.OriginateResponseEvent;
import org.asteriskjava.manager.response.ManagerResponse;
import org.asteriskjava.util.SocketConnectionFacade;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our parser reads of the recordings what the asterisk-java library reads. */
class CrossCheckTest {
  static List<Path> recordings() throws IOException {
    try (var files = Files.list(Path.of("src/test/resources/source/asterisk/transcripts"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void eventsThatTellCallsAreReadAlike(Path recording) throws IOException {
    var theirs = new ArrayList<String>();
    var reader = new ManagerReaderImpl(new Heard(theirs), this);
    reader.setSocket(new Lines(Files.readString(recording, UTF_8).lines().iterator()));
    reader.run();

    var ours = new ArrayList<String>();
    new AmiParser(message -> ours(message).forEach(ours::add)).feed(Files.readAllBytes(recording));
    assertThat(ours).isEqualTo(theirs);
  }

  private static Stream<String> ours(AmiMessage message) {
    var id = message.text("Uniqueid");
    return switch (message.event()) {
      case "Newchannel" ->
          Stream.of(line("born", message.text("Channel"), id, message.text("Linkedid")));
      case "DialBegin" ->
          Stream.of(line("dial", message.text("DestChannel"), message.text("DestLinkedid")));
      case "DialEnd" ->
          Stream.of(line("dialled", message.text("DestChannel"), message.text("DialStatus")));
      case "BridgeEnter" ->
          Stream.of(line("bridged", id, message.text("Linkedid"), message.text("BridgeUniqueid")));
      case "Hangup" -> Stream.of(line("gone", id, message.text("Linkedid"), message.text("Cause")));
      case "OriginateResponse" ->
          Stream.of(line("answer", message.response(), message.text("Reason")));
      default -> Stream.empty();
    };
  }

  private static Stream<String> theirs(ManagerEvent event) {
    if (event instanceof NewChannelEvent it) {
      return Stream.of(line("born", it.getChannel(), it.getUniqueId(), it.getLinkedid()));
    }
    if (event instanceof DialBeginEvent it) {
      return Stream.of(line("dial", it.getDestination(), it.getDestLinkedId()));
    }
    if (event instanceof DialEndEvent it) {
      return Stream.of(line("dialled", it.getDestination(), it.getDialStatus()));
    }
    if (event instanceof BridgeEnterEvent it) {
      return Stream.of(line("bridged", it.getUniqueId(), it.getLinkedId(), it.getBridgeUniqueId()));
    }
    if (event instanceof HangupEvent it) {
      return Stream.of(line("gone", it.getUniqueId(), it.getLinkedId(), it.getCause()));
    }
    if (event instanceof OriginateResponseEvent it) {
      return Stream.of(line("answer", it.getResponse(), it.getReason()));
    }
    return Stream.empty();
  }

  private static String line(@Nullable Object... parts) {
    return Stream.of(parts).map(part -> Objects.toString(part, "")).toList().toString();
  }

  private record Heard(List<String> lines) implements Dispatcher {
    @Override
    public void dispatchResponse(ManagerResponse response, Integer priority) {}

    @Override
    public void dispatchEvent(ManagerEvent event, Integer priority) {
      theirs(event).forEach(lines::add);
    }

    @Override
    public void stop() {}
  }

  /** A recording in the place of a connection. */
  private record Lines(Iterator<String> lines) implements SocketConnectionFacade {
    @Override
    public @Nullable String readLine() {
      return lines.hasNext() ? lines.next() : null;
    }

    @Override
    public void write(String text) {}

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public InetAddress getLocalAddress() {
      return InetAddress.getLoopbackAddress();
    }

    @Override
    public int getLocalPort() {
      return 0;
    }

    @Override
    public InetAddress getRemoteAddress() {
      return InetAddress.getLoopbackAddress();
    }

    @Override
    public int getRemotePort() {
      return 0;
    }
  }
}
