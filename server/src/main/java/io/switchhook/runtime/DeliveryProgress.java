package io.switchhook.runtime;

import io.switchhook.delivery.Feed;
import io.switchhook.delivery.Progress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells what the workers have come to the end of to everybody who asked them for something. */
final class DeliveryProgress implements Progress {
  private final List<Progress> listeners = new CopyOnWriteArrayList<>();

  DeliveryProgress(Progress first) {
    listeners.add(first);
  }

  void tell(Progress listener) {
    listeners.add(listener);
  }

  @Override
  public void replayMoved(int partition, Feed feed, long done) {
    listeners.forEach(listener -> listener.replayMoved(partition, feed, done));
  }

  @Override
  public void replayEnded(int partition, Feed feed, long done) {
    listeners.forEach(listener -> listener.replayEnded(partition, feed, done));
  }

  @Override
  public void retired(int partition, long floor) {
    listeners.forEach(listener -> listener.retired(partition, floor));
  }
}
