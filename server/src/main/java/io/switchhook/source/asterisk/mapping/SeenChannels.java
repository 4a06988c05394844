package io.switchhook.source.asterisk.mapping;

import io.switchhook.source.SeenChannel;
import io.switchhook.source.SeenChannel.Understood;
import io.switchhook.source.SeesChannels;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last channels that were seen and how each was understood; how many were ignored and why.
 * Written by the mapping's thread, read by any.
 */
final class SeenChannels {
  /** Channels that are kept. */
  static final int CHANNELS_MAX = 200;

  private final Map<String, SeenChannel> channels = new LinkedHashMap<>();
  private final Map<String, Long> ignored = new LinkedHashMap<>();

  /** A channel is there; it was not told who it is. */
  synchronized void see(Channel channel, Instant at, String why) {
    channels.put(
        channel.id, new SeenChannel(at, channel.name, channel.id, understood(channel), why));
    if (channels.size() > CHANNELS_MAX) {
      channels.remove(channels.keySet().iterator().next());
    }
  }

  /** What is known of a channel changed. */
  synchronized void understand(Channel channel, String why) {
    var before = channels.get(channel.id);
    if (before != null) {
      channels.put(
          channel.id,
          new SeenChannel(before.at(), channel.name, channel.id, understood(channel), why));
    }
  }

  /** A channel ended of which nothing was told; {@code why} is one of a few words. */
  synchronized void ignore(Channel channel, String why) {
    ignored.merge(why, 1L, Long::sum);
    var before = channels.get(channel.id);
    if (before != null) {
      channels.put(
          channel.id,
          new SeenChannel(before.at(), channel.name, channel.id, Understood.IGNORED, why));
    }
  }

  /** What was seen, as it is now. */
  synchronized SeesChannels.Seen seen() {
    return new SeesChannels.Seen(List.copyOf(channels.values()), ignored);
  }

  private static Understood understood(Channel channel) {
    return switch (channel.role) {
      case USER -> Understood.USER;
      case TRUNK -> Understood.TRUNK;
      case LOCAL -> Understood.LOCAL;
      case OTHER -> Understood.IGNORED;
    };
  }
}
