package io.switchhook.company;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchhook.webhook.RequestShape;
import io.switchhook.webhook.RequestShape.BasicAuth;
import io.switchhook.webhook.RequestShape.BodyDress;
import io.switchhook.webhook.RequestShape.Method;
import io.switchhook.webhook.RequestShape.Signing;
import io.switchhook.webhook.Trigger;
import io.switchhook.webhook.WebhookSettings;
import io.switchhook.webhook.WebhookSettings.Superseded;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a webhook's JSON as people write it: all of it, or all that is wrong with it. */
final class WebhookReader {
  static final int NAME_LENGTH_MAX = 200;
  static final Duration TIMEOUT_MIN = Duration.ofSeconds(1);
  static final Duration TIMEOUT_MAX = Duration.ofSeconds(60);
  static final long TIME_TO_LIVE_SECONDS_MAX = Duration.ofDays(30).toSeconds();

  /** What reads show beside the settings; a PUT may send it back. */
  static final List<String> READ_ONLY =
      List.of(
          "id",
          "company_id",
          "state",
          "disabled_reason",
          "disabled_at",
          "revision",
          "created_at",
          "changed_at",
          "detached",
          "detached_partitions",
          "breaker",
          "breaker_open_until",
          "backlog",
          "given_up",
          "last_failure");

  private static final int SECRET_LENGTH_MAX = 1_024;
  private static final Map<String, Trigger> TRIGGERS = words(Trigger.values(), Trigger::word);
  private static final Map<String, Method> METHODS = words(Method.values(), Method::name);
  private static final Map<String, BodyDress> BODIES = words(BodyDress.values(), BodyDress::word);
  private static final Map<String, Superseded> SUPERSEDED =
      Map.of("tell", Superseded.TELL, "drop", Superseded.DROP);

  private final KeptSecrets kept;
  private final Duration defaultTimeout;
  private final Supplier<String> secretMaker;
  private final List<FieldMistake> mistakes = new ArrayList<>();
  private @Nullable String newSecret;

  /**
   * A reader for one webhook.
   *
   * @param kept the secrets for which marks may stand
   * @param defaultTimeout when the webhook names none
   * @param secretMaker makes a signing secret when signing is on and none is given
   */
  WebhookReader(KeptSecrets kept, Duration defaultTimeout, Supplier<String> secretMaker) {
    this.kept = kept;
    this.defaultTimeout = defaultTimeout;
    this.secretMaker = secretMaker;
  }

  /** What came of reading. */
  sealed interface Read {
    /** A webhook's settings; {@code newSecret} is the signing secret that was made, or null. */
    record Settings(WebhookSettings settings, @Nullable String newSecret) implements Read {}

    /** All that is wrong. */
    record Mistakes(List<FieldMistake> mistakes) implements Read {}
  }

  Read read(JsonNode json) {
    var webhook = new ObjectReader(json, "", mistakes);
    var url = TargetUrl.read(webhook);
    var name = webhook.text("name", NAME_LENGTH_MAX);
    var trigger = webhook.choice("trigger", TRIGGERS);
    if (webhook.value("trigger").isEmpty()) {
      webhook.refuse("trigger", "is required: in_call, after_call or disposition");
    }
    var request = request(webhook, url);
    var conditions = Conditions.read(webhook);
    var timeToLive = timeToLive(webhook);
    var superseded = webhook.choice("superseded", SUPERSEDED).orElse(Superseded.TELL);
    if (kept.target() != null) {
      READ_ONLY.forEach(webhook::ignore);
    }
    webhook.refuseOthers();
    if (!mistakes.isEmpty() || trigger.isEmpty() || request.isEmpty()) {
      return new Read.Mistakes(List.copyOf(mistakes));
    }
    var title = name.filter(text -> !text.isBlank()).orElse(request.get().targetUrl().getHost());
    return new Read.Settings(
        new WebhookSettings(
            title, trigger.get(), conditions, request.get(), timeToLive.orElse(null), superseded),
        newSecret);
  }

  private Optional<RequestShape> request(ObjectReader webhook, Optional<URI> url) {
    var method = webhook.choice("method", METHODS).orElse(Method.POST);
    var body = webhook.choice("body", BODIES).orElse(BodyDress.MYOPERATOR);
    if (method == Method.GET && webhook.value("body").isPresent()) {
      webhook.refuse("body", "goes with POST; a GET carries its data in query_parameters");
    }
    var parameters = QueryParameters.read(webhook);
    var headers = new HeaderLines(webhook, kept, url.orElse(null)).read();
    var basicAuth = basicAuth(webhook, url.orElse(null));
    var signing = signing(webhook, url.orElse(null));
    var timeout = timeout(webhook);
    return url.map(
        target ->
            new RequestShape(
                target,
                method,
                body,
                parameters,
                headers,
                basicAuth.orElse(null),
                signing.orElse(null),
                timeout));
  }

  private Optional<BasicAuth> basicAuth(ObjectReader webhook, @Nullable URI target) {
    return webhook
        .object("basic_auth")
        .flatMap(
            auth -> {
              var username = auth.requiredText("username", SECRET_LENGTH_MAX);
              if (username.filter(text -> text.contains(":")).isPresent()) {
                auth.refuse("username", "must have no colon (RFC 7617)");
              }
              var password = auth.text("password", SECRET_LENGTH_MAX);
              if (auth.value("password").isEmpty()) {
                auth.refuse("password", "is required; it may be empty");
              }
              auth.refuseOthers();
              var clear =
                  password.filter(KeptSecrets.MARK::equals).isPresent()
                      ? keptPassword(auth, target)
                      : password;
              return username.flatMap(user -> clear.map(secret -> new BasicAuth(user, secret)));
            });
  }

  private Optional<String> keptPassword(ObjectReader auth, @Nullable URI target) {
    var objection =
        kept.objectionToMarks(target)
            .or(
                () ->
                    kept.password() == null
                        ? Optional.of("•••• stands for a kept password, and there is none")
                        : Optional.empty());
    objection.ifPresent(problem -> auth.refuse("password", problem));
    return objection.isPresent() ? Optional.empty() : Optional.ofNullable(kept.password());
  }

  private Optional<Signing> signing(ObjectReader webhook, @Nullable URI target) {
    return webhook
        .object("signing")
        .flatMap(
            signing -> {
              if (signing.value("scheme").isEmpty()) {
                signing.refuse("scheme", "is required: standard-webhooks");
              }
              signing.choice("scheme", Map.of("standard-webhooks", true));
              var secret = signing.text("secret", SigningSecrets.TEXT_LENGTH_MAX);
              boolean isUnreadable = signing.value("secret").isPresent() && secret.isEmpty();
              signing.refuseOthers();
              return isUnreadable ? Optional.empty() : secrets(signing, secret, target);
            });
  }

  private Optional<Signing> secrets(
      ObjectReader signing, Optional<String> given, @Nullable URI target) {
    boolean isMark = given.filter(KeptSecrets.MARK::equals).isPresent();
    if (given.isPresent() && !isMark) {
      if (!SigningSecrets.isValid(given.get())) {
        signing.refuse("secret", SigningSecrets.ALLOWED);
        return Optional.empty();
      }
      return Optional.of(new Signing(List.of(given.get())));
    }
    var objection = kept.objectionToMarks(target);
    if (objection.isEmpty() && !kept.signing().isEmpty()) {
      return Optional.of(new Signing(kept.signing()));
    }
    if (isMark) {
      signing.refuse(
          "secret",
          objection.orElse("•••• stands for a kept secret, and there is none")
              + ", or leave it out for a new one");
      return Optional.empty();
    }
    newSecret = secretMaker.get();
    return Optional.of(new Signing(List.of(newSecret)));
  }

  private Duration timeout(ObjectReader webhook) {
    var seconds = webhook.value("timeout_seconds");
    if (seconds.isEmpty()) {
      return defaultTimeout;
    }
    var timeout =
        seconds.filter(JsonNode::isNumber).flatMap(node -> exactMillis(node.doubleValue()));
    boolean isAllowed =
        timeout
            .filter(
                it ->
                    it.equals(defaultTimeout)
                        || (it.compareTo(TIMEOUT_MIN) >= 0 && it.compareTo(TIMEOUT_MAX) <= 0))
            .isPresent();
    if (!isAllowed) {
      webhook.refuse("timeout_seconds", "must be a number from 1 to 60");
    }
    return timeout.filter(_ -> isAllowed).orElse(defaultTimeout);
  }

  private static Optional<Duration> exactMillis(double seconds) {
    // Before anything is computed with it: what was written may be far out of range, or infinite.
    if (!(seconds >= 0 && seconds <= TIMEOUT_MAX.toSeconds())) {
      return Optional.empty();
    }
    var millis = BigDecimal.valueOf(seconds).movePointRight(3).stripTrailingZeros();
    return millis.scale() > 0
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(millis.longValue()));
  }

  private static Optional<Duration> timeToLive(ObjectReader webhook) {
    return webhook
        .value("time_to_live_seconds")
        .flatMap(
            node -> {
              boolean isAllowed =
                  node.isIntegralNumber()
                      && node.canConvertToLong()
                      && node.longValue() >= 1
                      && node.longValue() <= TIME_TO_LIVE_SECONDS_MAX;
              if (!isAllowed) {
                webhook.refuse(
                    "time_to_live_seconds",
                    "must be a whole number from 1 to " + TIME_TO_LIVE_SECONDS_MAX + " (30 days)");
              }
              return isAllowed
                  ? Optional.of(Duration.ofSeconds(node.longValue()))
                  : Optional.empty();
            });
  }

  private static <E> Map<String, E> words(E[] values, Function<E, String> word) {
    return Arrays.stream(values).collect(Collectors.toUnmodifiableMap(word, value -> value));
  }
}
