package io.switchhook.testkit.simulation;

import io.switchhook.delivery.engine.Input;
import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.routing.WebhookCatalog.Entry;
import io.switchhook.routing.WebhookVersion;
import io.switchhook.testkit.simulation.Reached.Place;
import io.switchhook.webhook.Condition;
import io.switchhook.webhook.RequestShape;
import io.switchhook.webhook.Trigger;
import io.switchhook.webhook.Webhook;
import io.switchhook.webhook.WebhookSettings;
import io.switchhook.webhook.WebhookSettings.Superseded;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who adds, edits, disables, enables and deletes webhooks: hold, store, release, with a
 * crash possible between.
 */
final class Changes {
  private static final RequestShape REQUEST =
      new RequestShape(
          URI.create("http://receiver.example/"),
          RequestShape.Method.POST,
          RequestShape.BodyDress.MYOPERATOR,
          List.of(),
          List.of(),
          null,
          null,
          Duration.ofSeconds(15));

  private final World world;
  private final CompanyId company;
  private final Random random;
  private int added;
  private boolean underWay;

  Changes(World world, CompanyId company, Random random) {
    this.world = world;
    this.company = company;
    this.random = random;
  }

  /** The webhooks of the first day. */
  void begin(int count) {
    for (int i = 0; i < count; i++) {
      var entry = newWebhook();
      world.disk.webhooks.put(entry.webhook().id(), entry);
    }
  }

  boolean isUnderWay() {
    return underWay;
  }

  void crashed() {
    underWay = false;
  }

  /** Changes something by chance. */
  void changeSomething() {
    var ids = List.copyOf(world.disk.webhooks.keySet());
    if (ids.isEmpty() || (ids.size() < 5 && random.nextInt(6) == 0)) {
      change(Place.WEBHOOK_ADDED, this::newWebhook);
      return;
    }
    var id = ids.get(random.nextInt(ids.size()));
    var webhook = entry(id).webhook();
    switch (random.nextInt(5)) {
      case 0 -> change(Place.CONDITIONS_EDITED, () -> withVersion(id, conditions(), null));
      case 1 -> delete(id);
      default -> {
        if (webhook.isEnabled()) {
          disable(id);
        } else {
          change(
              Place.WEBHOOK_ENABLED_AGAIN,
              () -> withVersion(id, entry(id).versions().getLast().conditions(), null));
        }
      }
    }
  }

  /** Disables a webhook that is there and enabled. */
  void disable(WebhookId id) {
    var entry = world.disk.webhooks.get(id);
    if (entry != null && entry.webhook().isEnabled()) {
      change(
          Place.WEBHOOK_DISABLED,
          () -> withVersion(id, entry(id).versions().getLast().conditions(), "disabled"));
    }
  }

  private void delete(WebhookId id) {
    if (underWay || world.node.isStopping()) {
      return;
    }
    var node = hold();
    world.after(
        30,
        () -> {
          if (world.node == node) {
            world.disk.webhooks.remove(id);
            world.reached.at(Place.WEBHOOK_DELETED);
            release(node);
          }
        });
  }

  private void change(Place place, Supplier<Entry> changed) {
    if (underWay || world.node.isStopping()) {
      return;
    }
    var node = hold();
    world.after(
        30,
        () -> {
          if (world.node == node) {
            var entry = changed.get();
            world.disk.webhooks.put(entry.webhook().id(), entry);
            world.reached.at(place);
            release(node);
          }
        });
  }

  /**
   * From here to the release nothing is routed; the offsets of the change are taken when it is
   * stored.
   */
  private Node hold() {
    underWay = true;
    partitions().forEach(partition -> world.node.step(new Input.Hold(partition)));
    return world.node;
  }

  private void release(Node node) {
    var catalog = world.disk.catalog();
    world.after(
        30,
        () -> {
          if (world.node == node) {
            underWay = false;
            world.truth.released();
            world.requests.webhooksChanged();
            world.oracle.released();
            node.step(new Input.Release(partitions(), catalog));
          }
        });
  }

  private List<Integer> partitions() {
    return IntStream.range(0, world.knobs.partitions()).boxed().toList();
  }

  private Map<Integer, Long> ends() {
    var ends = new LinkedHashMap<Integer, Long>();
    partitions().forEach(partition -> ends.put(partition, world.disk.end(partition)));
    return ends;
  }

  private Entry entry(WebhookId id) {
    return Objects.requireNonNull(world.disk.webhooks.get(id));
  }

  private Entry newWebhook() {
    var id = new WebhookId("wh_" + ++added);
    var trigger = random.nextInt(4) == 0 ? Trigger.AFTER_CALL : Trigger.IN_CALL;
    var conditions = trigger == Trigger.IN_CALL ? conditions() : List.<Condition>of();
    var version = new WebhookVersion(trigger, conditions, true, ends());
    return new Entry(webhook(id, trigger, conditions, null), List.of(version));
  }

  private Entry withVersion(WebhookId id, List<Condition> conditions, @Nullable String disabled) {
    var before = entry(id);
    var trigger = before.versions().getLast().trigger();
    var wanted = trigger == Trigger.IN_CALL ? conditions : List.<Condition>of();
    var versions = new ArrayList<>(before.versions());
    versions.add(new WebhookVersion(trigger, wanted, disabled == null, ends()));
    return new Entry(webhook(id, trigger, wanted, disabled), versions);
  }

  private List<Condition> conditions() {
    return random.nextBoolean()
        ? List.of()
        : List.of(
            new Condition.In(
                "call_state", random.nextBoolean() ? List.of("5", "6") : List.of("1", "2")));
  }

  private Webhook webhook(
      WebhookId id, Trigger trigger, List<Condition> conditions, @Nullable String disabled) {
    var settings =
        new WebhookSettings(id.value(), trigger, conditions, REQUEST, null, superseded(id));
    return new Webhook(id, company, settings, 1, disabled, Instant.EPOCH, Instant.EPOCH);
  }

  /** Every third webhook drops what is stale. */
  private static Superseded superseded(WebhookId id) {
    return id.value().hashCode() % 3 == 0 ? Superseded.DROP : Superseded.TELL;
  }
}
