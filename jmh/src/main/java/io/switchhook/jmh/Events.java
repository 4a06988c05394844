package io.switchhook.jmh;

import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.PartitionList;
import io.switchhook.journal.JournalRecord;
import io.switchhook.target.OutgoingRequest;
import io.switchhook.target.RequestComposer;
import io.switchhook.target.Telling;
import io.switchhook.target.Telling.Mark;
import io.switchhook.webhook.RequestShape;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is made of one event: its id, its partition, its request. */
@State(Scope.Benchmark)
public class Events {
  private final CallId call = new CallId(Samples.company(1), "n2.1596270949.2175190");
  private final PartitionList partitions = PartitionList.forNewCompany(call.company());
  private final JournalRecord event = Samples.event(call, 0, Bytes.wrap(Samples.bytes("in-call")));
  private final RequestShape shape =
      Samples.webhook(1, call.company(), List.of()).webhook().settings().request();
  private final RequestComposer composer = new RequestComposer("1");

  /** The id under which receivers know the event. */
  @Benchmark
  public String eventId() {
    return JournalRecord.eventId(event.call(), event.sequence(), event.identity());
  }

  /** Where a call is kept. */
  @Benchmark
  public int partition() {
    return partitions.partitionOf(call);
  }

  /** The request of a first attempt: a form, not signed. The record is new, as a read one is. */
  @Benchmark
  public OutgoingRequest composeRequest() {
    var read = Samples.event(call, 0, event.body());
    return composer.compose(shape, new Telling(read, 0, 0, 1, Mark.LIVE), Samples.NOW);
  }
}
