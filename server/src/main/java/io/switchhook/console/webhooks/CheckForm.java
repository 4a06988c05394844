package io.switchhook.console.webhooks;

import io.switchhook.admin.HttpApi;
import io.switchhook.admin.WebhookTrial;
import io.switchhook.company.WebhookDraft;
import io.switchhook.company.WebhookJson;
import io.switchhook.event.CompanyId;
import io.switchhook.webhook.RequestShape;
import io.switchhook.webhook.RequestShape.Method;
import io.switchhook.webhook.RequestShape.QueryParameter;
import io.switchhook.webhook.Webhook;
import io.switchhook.webhook.WebhookSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Checks what is filled in while it is filled in, and composes the request of it with what composes
 * those of deliveries. Keeps nothing.
 */
final class CheckForm {
  /** Stands in the request for an address that is yet to be given. */
  private static final String SOMEWHERE = "https://crm.example.com/webhook.php";

  /** Stands for a secret that is kept; the request shows a mark in its place. */
  private static final String SOME_SECRET = "secret";

  private final HttpApi.Parts parts;
  private final WebhookTrial trial;

  CheckForm(HttpApi.Parts parts, WebhookTrial trial) {
    this.parts = parts;
    this.trial = trial;
  }

  /**
   * What a form is about.
   *
   * @param old the webhook that it changes; null when it makes one
   */
  record About(CompanyId company, @Nullable Webhook old) {}

  /**
   * What came of a check.
   *
   * @param settings null when something is wrong
   */
  record Checked(FormProblems problems, Preview preview, @Nullable WebhookSettings settings) {}

  /** Checks all of it; an address that is yet to be given is a problem, too. */
  CompletionStage<Checked> check(About about, WebhookForm form) {
    var checked = withoutAsking(about, form);
    var draft = parts.webhooks().draft(null, rightPart(form, checked.problems()).json());
    var right = draft.settings();
    if (right == null || checked.problems().has("target_url")) {
      return CompletableFuture.completedStage(checked);
    }
    return draft
        .objectionTo(right.request().targetUrl())
        .thenApply(
            objection ->
                objection
                    .map(
                        words ->
                            new Checked(
                                checked.problems().and("target_url", words),
                                checked.preview(),
                                null))
                    .orElse(checked));
  }

  /** The same while somebody types: what was not yet filled in is no problem. */
  CompletionStage<Checked> checkTyping(About about, WebhookForm form) {
    return check(about, form)
        .thenApply(
            checked ->
                form.main().targetUrl().isEmpty()
                    ? new Checked(checked.problems().without("target_url"), checked.preview(), null)
                    : checked);
  }

  /** The same without asking where the address leads. */
  Checked withoutAsking(About about, WebhookForm form) {
    var draft = parts.webhooks().draft(about.old(), form.json());
    var settings = draft.settings();
    return settings == null
        ? wrong(about, form, FormProblems.of(form, draft.mistakes()))
        : new Checked(
            FormProblems.NONE, preview(about, settings, /* isWithoutAddress= */ false), settings);
  }

  /** The request of what is right in it. */
  private Checked wrong(About about, WebhookForm form, FormProblems problems) {
    var right = rightPart(form, problems);
    WebhookDraft draft = parts.webhooks().draft(null, right.json());
    var settings = draft.settings();
    var preview =
        settings == null ? Preview.NONE : preview(about, settings, problems.has("target_url"));
    return new Checked(problems, preview, null);
  }

  private static WebhookForm rightPart(WebhookForm form, FormProblems problems) {
    var main = form.main();
    var rest = form.rest();
    return new WebhookForm(
        new WebhookForm.Main(
            "",
            main.trigger(),
            problems.has("target_url") ? SOMEWHERE : main.targetUrl(),
            main.method(),
            main.body()),
        rightRows(form.parameters(), FormProblems.PARAMETERS, problems),
        rightRows(form.headers(), FormProblems.HEADERS, problems).stream()
            .map(header -> new WebhookForm.HeaderLine(header.name(), clear(header.value())))
            .toList(),
        List.of(),
        problems.has("basic_auth")
            ? new WebhookForm.Login("", "")
            : new WebhookForm.Login(form.login().username(), clear(form.login().password())),
        new WebhookForm.Rest(
            rest.isSigned(),
            problems.has("timeout_seconds") ? "" : rest.timeout(),
            "",
            rest.superseded()));
  }

  private static <T> List<T> rightRows(List<T> rows, String list, FormProblems problems) {
    return problems.has(list)
        ? List.of()
        : IntStream.range(0, rows.size())
            .filter(row -> problems.at(list, row).isEmpty())
            .mapToObj(rows::get)
            .toList();
  }

  private static String clear(String secret) {
    return secret.equals(WebhookJson.MARK) ? SOME_SECRET : secret;
  }

  private Preview preview(About about, WebhookSettings settings, boolean isWithoutAddress) {
    var shape = settings.request();
    try {
      return Preview.of(shape, trial.sample(about.company(), settings.trigger(), shape))
          .with(isWithoutAddress, hints(settings));
    } catch (IllegalArgumentException e) {
      return Preview.NONE;
    }
  }

  private static List<String> hints(WebhookSettings settings) {
    var hints = new ArrayList<String>();
    var shape = settings.request();
    if (shape.method() == Method.GET && shape.queryParameters().isEmpty()) {
      hints.add("A GET has no body, and no query parameter is chosen: it tells nothing of a call.");
    }
    for (var parameter : shape.queryParameters()) {
      if (parameter instanceof QueryParameter.FromField(var name, var field, _)
          && FieldChoices.isOfOtherLogs(settings.trigger(), field)) {
        hints.add(
            "“" + name + "” will be empty: " + field + " is no field of the logs that are told.");
      }
    }
    for (var condition : settings.conditions()) {
      if (FieldChoices.isOfOtherLogs(settings.trigger(), condition.field())) {
        hints.add(
            "The condition on " + condition.field() + " is about a field that these logs lack.");
      }
    }
    if (isReadable(shape)) {
      hints.add("Plain HTTP: whoever stands on the way can read the calls, and the secrets.");
    }
    return hints;
  }

  /** True when it leaves this machine in clear. */
  private static boolean isReadable(RequestShape shape) {
    var host = shape.targetUrl().getHost();
    return "http".equalsIgnoreCase(shape.targetUrl().getScheme())
        && !host.equals("localhost")
        && !host.equals("[::1]")
        && !host.startsWith("127.");
  }
}
