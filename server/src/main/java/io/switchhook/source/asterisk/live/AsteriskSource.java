package io.switchhook.source.asterisk.live;

import io.switchhook.event.CallId;
import io.switchhook.event.PartitionList;
import io.switchhook.source.AppendUntilKept;
import io.switchhook.source.SeesChannels;
import io.switchhook.source.Source;
import io.switchhook.source.SourceParts;
import io.switchhook.source.SourceState;
import io.switchhook.source.SourceTest;
import io.switchhook.source.StartedCalls;
import io.switchhook.source.StartsCalls;
import io.switchhook.source.asterisk.AsteriskSettings;
import io.switchhook.source.asterisk.AsteriskUser;
import io.switchhook.source.asterisk.OriginateRequest;
import io.switchhook.source.asterisk.line.AmiLine;
import io.switchhook.source.asterisk.line.LineMeters;
import io.switchhook.source.asterisk.line.SpillQueue;
import io.switchhook.source.asterisk.mapping.AsteriskMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One Asterisk: a line that hears, a thread that maps, and calls that are started.
 *
 * <pre>
 *   line ──► queue (spills to disk) ──► mapping ──► journal
 * </pre>
 */
final class AsteriskSource implements Source, SeesChannels, StartsCalls {
  private static final String SPILL_FILE = "heard.spill";

  /** How many requests a restart goes back to; an older one has told itself or never will. */
  private static final int REQUESTS_MAX = 100;

  private final SourceParts parts;
  private final AsteriskSection section;
  private final SpillQueue queue;
  private final AmiLine line;
  private final AmiLine.Wants wants;
  private final AppendUntilKept append;
  private final AsteriskMapping mapping;
  private final MapCalls calls;
  private final @Nullable StartCall startCall;
  private final @Nullable UsersFile usersFile;
  private volatile AsteriskSettings settings;
  private boolean isFirst = true;

  AsteriskSource(SourceParts parts, AsteriskSection section) {
    this.parts = parts;
    this.section = section;
    this.settings = settings(List.of());
    this.usersFile =
        section.usersFile() == null ? null : new UsersFile(parts.name(), section.usersFile());
    this.queue = queue(parts);
    this.append = new AppendUntilKept(parts.journal(), parts.name());
    this.wants = new AmiLine.Wants(settings.originate() != null, section.wantedVariables(settings));
    var meters = new LineMeters(parts.meters(), parts.name());
    meters.watchSpilled(queue, SpillQueue::spilled);
    this.line =
        new AmiLine(
            parts.name(),
            section.line(),
            wants,
            new AmiLine.Parts(queue, meters, parts.clock(), parts.random()));
    this.mapping = new AsteriskMapping(settings);
    this.calls =
        new MapCalls(
            new MapCalls.Parts(
                parts.name(),
                mapping,
                queue,
                append,
                new RecallCalls(
                    parts.journal(),
                    parts.cursors(),
                    parts.company(),
                    settings.maximumCallAge().plus(settings.afterCallDelay()).multipliedBy(2)),
                this::changedSettings,
                this::requests,
                parts.clock(),
                parts.onFatal()));
    this.startCall = startCall();
  }

  private static SpillQueue queue(SourceParts parts) {
    try {
      return new SpillQueue(parts.folder().resolve(SPILL_FILE), SpillQueue.Limits.STANDARD);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of source " + parts.name(), e);
    }
  }

  private @Nullable StartCall startCall() {
    var originate = settings.originate();
    return originate == null
        ? null
        : new StartCall(
            new StartCall.Parts(
                parts.name(),
                parts.company(),
                () -> settings,
                line,
                parts.startedCalls(),
                calls::asked,
                calls::refused,
                parts.clock(),
                parts.random()),
            originate);
  }

  private AsteriskSettings settings(List<AsteriskUser> fileUsers) {
    return section
        .mapped()
        .of(parts.name(), parts.company(), ReadUsers.together(section.users(), fileUsers));
  }

  /** On the mapping's thread: the settings the first time, and when the users' file changed. */
  private Optional<AsteriskSettings> changedSettings() {
    var users = usersFile == null ? Optional.<List<AsteriskUser>>empty() : usersFile.changed();
    users.ifPresent(it -> settings = settings(it));
    boolean tells = isFirst || users.isPresent();
    isFirst = false;
    return tells ? Optional.of(settings) : Optional.empty();
  }

  /** Calls that were asked for lately: after a restart they are still ours. */
  private List<OriginateRequest> requests() {
    var since = parts.clock().instant().minus(settings.maximumCallAge());
    return parts.startedCalls().of(parts.name(), since).reversed().stream()
        .limit(REQUESTS_MAX)
        .map(StartedCalls.Entry::request)
        .map(RequestJson::read)
        .flatMap(Optional::stream)
        .filter(request -> !isInJournal(request))
        .toList();
  }

  private boolean isInJournal(OriginateRequest request) {
    var call = new CallId(parts.company(), request.channelId());
    for (int partition = 0; partition < PartitionList.PARTITION_COUNT; partition++) {
      if (!parts.journal().readCall(partition, call, 0, 1).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void start() {
    calls.start();
    line.start();
  }

  @Override
  public SourceState state() {
    var state = line.state();
    var problems = new ArrayList<>(state.problems());
    problems.addAll(ownProblems());
    return new SourceState(state.hearing(), state.since(), state.lastEventAt(), problems);
  }

  private List<String> ownProblems() {
    var problems = new ArrayList<String>();
    append.refusal().ifPresent(problems::add);
    if (usersFile != null) {
      problems.addAll(usersFile.problems());
    }
    return problems;
  }

  @Override
  public Seen seenChannels() {
    return mapping.seenChannels();
  }

  @Override
  public CompletionStage<SourceTest> test() {
    return TestAsterisk.run(
        line,
        section.line(),
        wants,
        new TestAsterisk.Trial(parts.name(), ownProblems(), parts.clock()));
  }

  @Override
  public CompletionStage<Outcome> startCall(CallToStart call) {
    return startCall == null
        ? CompletableFuture.completedStage(
            Outcome.Refused.of(
                "source", parts.name() + " starts no calls: its settings have no originate"))
        : startCall.start(call);
  }

  @Override
  public void close() {
    line.close();
    queue.end();
    calls.close();
    queue.close();
  }
}
