package io.switchhook.delivery.worker;

import io.switchhook.delivery.CursorStore;
import io.switchhook.delivery.Observer;
import io.switchhook.delivery.Progress;
import io.switchhook.delivery.engine.EngineSettings;
import io.switchhook.delivery.engine.Freshness;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.Journal;
import io.switchhook.target.RequestComposer;
import io.switchhook.target.Target;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What workers work with.
 *
 * @param settings of one worker's engine
 * @param readers carries out what blocks: reads of the journal and of give-ups
 * @param engineTime never goes back
 * @param wallClock for {@code webhook-timestamp} alone
 * @param disable asked to disable a webhook whose receiver is gone, with the words for its company
 * @param onFatal told when a store or the engine failed: the process must then end, since only a
 *     restart knows what is durable
 */
public record WorkerParts(
    EngineSettings settings,
    Freshness freshness,
    Journal journal,
    CursorStore cursors,
    Target target,
    RequestComposer composer,
    Observer observer,
    Progress progress,
    Executor readers,
    InstantSource engineTime,
    InstantSource wallClock,
    BiConsumer<WebhookId, String> disable,
    Consumer<Throwable> onFatal) {}
