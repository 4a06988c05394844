package io.switchhook.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.event.Kind;
import io.switchhook.event.PartitionList;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.memory.MemoryJournal;
import io.switchhook.source.memory.MemoryFollowCursors;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AfterCallSourceTest {
  private final MemoryJournal journal =
      new MemoryJournal(JournalSettings.of(_ -> new PartitionList(List.of(3)), () -> Calls.START));
  private final MemoryFollowCursors cursors = new MemoryFollowCursors();
  private final LinkedBlockingQueue<JournalRecord> derived = new LinkedBlockingQueue<>();

  @Test
  void callsThatEndAreToldWhileItRunsAndCursorsAreStoredAtTheEnd() throws InterruptedException {
    try (var _ = source(cursors)) {
      journal.append(ended("c1").toAppend());

      assertThat(next().call()).isEqualTo(ended("c1").call());
    }
    assertThat(cursors.load().get(3)).isGreaterThanOrEqualTo(2);
  }

  @Test
  void callThatEndedWhileItWasDownIsToldAtItsStart() throws InterruptedException {
    cursors.store(Map.of(3, 0L));
    journal.append(ended("c1").toAppend());

    try (var _ = source(cursors)) {
      assertThat(next().call()).isEqualTo(ended("c1").call());
    }
  }

  @Test
  void storeThatFailsIsTold() throws InterruptedException {
    var failed = new CountDownLatch(1);
    var broken =
        new FollowCursors() {
          private boolean stored;

          @Override
          public Map<Integer, Long> load() {
            return Map.of();
          }

          @Override
          public void store(Map<Integer, Long> nextOffsets) {
            if (stored) {
              throw new IllegalStateException("the store is gone");
            }
            stored = true;
          }
        };
    try (var source = new AfterCallSource(parts(broken), _ -> true, _ -> failed.countDown())) {
      listen(source);
      source.start();
      journal.append(ended("c1").toAppend());
      var _ = next();
    }
    assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void closingIsSafeTwiceAndUnstarted() {
    var source = new AfterCallSource(parts(cursors), _ -> true, _ -> {});
    source.close();
    source.close();
  }

  private AfterCallSource source(FollowCursors store) {
    var source =
        new AfterCallSource(
            parts(store),
            _ -> true,
            e -> {
              throw new AssertionError(e);
            });
    listen(source);
    source.start();
    return source;
  }

  private AfterCallSource.Parts parts(FollowCursors store) {
    return new AfterCallSource.Parts(journal, store, () -> Calls.START);
  }

  private void listen(AfterCallSource source) {
    journal.listen(
        (partition, records) -> {
          source.appended(partition, records);
          records.stream().filter(record -> record.kind() == Kind.AFTER_CALL).forEach(derived::add);
        });
  }

  private JournalRecord next() throws InterruptedException {
    var record = derived.poll(10, TimeUnit.SECONDS);
    assertThat(record).isNotNull();
    return java.util.Objects.requireNonNull(record);
  }

  private static Calls ended(String uid) {
    return Calls.of(uid).state(0, 1).state(9, 2);
  }
}
