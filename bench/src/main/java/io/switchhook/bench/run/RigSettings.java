package io.switchhook.bench.run;

import io.switchhook.bench.load.Layout;
import io.switchhook.bench.load.Traffic.LogKind;
import io.switchhook.bench.receive.Mood;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a run is made of.
 *
 * @param name for people
 * @param folder to write to; the run makes one of its own in it and takes it away in the end
 * @param layout of the webhooks
 * @param kind of call logs that webhooks are triggered by
 * @param receivers that webhooks are dealt out to in turn
 * @param serverYaml settings of the server beside the allowed networks, as YAML
 * @param serverOptions of the server's virtual machine
 * @param instrument how the measuring side works
 * @param eventsBefore that the journal holds before the server is started
 */
public record RigSettings(
    String name,
    Path folder,
    Layout layout,
    LogKind kind,
    List<Receiver> receivers,
    String serverYaml,
    List<String> serverOptions,
    Instrument instrument,
    long eventsBefore) {
  public RigSettings {
    receivers = List.copyOf(receivers);
    serverOptions = List.copyOf(serverOptions);
  }

  /** A run on an empty store. */
  public RigSettings(
      String name,
      Path folder,
      Layout layout,
      LogKind kind,
      List<Receiver> receivers,
      String serverYaml,
      List<String> serverOptions,
      Instrument instrument) {
    this(name, folder, layout, kind, receivers, serverYaml, serverOptions, instrument, 0);
  }

  /** The same on a store that has so many events already. */
  public RigSettings after(long events) {
    return new RigSettings(
        name, folder, layout, kind, receivers, serverYaml, serverOptions, instrument, events);
  }

  /**
   * A receiver.
   *
   * @param mood that it begins with
   * @param className under which its figures are told
   */
  public record Receiver(Mood mood, String className) {
    /** One whose class is its mood. */
    public static Receiver of(Mood mood) {
      return new Receiver(mood, mood.word());
    }
  }

  /**
   * How the measuring side works.
   *
   * @param connections of the generator to the server
   * @param receiverThreads that serve the receivers
   * @param seed of what happens at random
   * @param patience how long is waited at most for what is still to be told in the end
   */
  public record Instrument(int connections, int receiverThreads, long seed, Duration patience) {}

  /** The receiver of a webhook. */
  int receiverOf(int webhook) {
    return webhook % receivers.size();
  }
}
