package io.switchhook.console.webhooks;

import io.switchhook.admin.HttpApi;
import io.switchhook.admin.WebhookTrial;
import io.switchhook.company.Change;
import io.switchhook.company.ChangedWebhook;
import io.switchhook.company.Webhooks;
import io.switchhook.console.ConsoleAnswer;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.ConsoleRoute;
import io.switchhook.console.ShownOnce;
import io.switchhook.console.Templates;
import io.switchhook.event.WebhookId;
import io.switchhook.webhook.Webhook;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The form of a webhook, new or there already. */
final class FormPage {
  private static final String NEW = "new";
  private static final String MORE = "more-";

  private final HttpApi.Parts parts;
  private final Templates templates;
  private final WebhookTrial trial;
  private final CheckForm checkForm;
  private final ShownOnce secrets;

  FormPage(HttpApi.Parts parts, Templates templates, WebhookTrial trial, ShownOnce secrets) {
    this.parts = parts;
    this.templates = templates;
    this.trial = trial;
    this.checkForm = new CheckForm(parts, trial);
    this.secrets = secrets;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/webhooks/new", this::showNew),
        ConsoleRoute.post("/webhooks/new", request -> with(request, null, this::taken)),
        ConsoleRoute.post("/webhooks/new/preview", request -> with(request, null, this::preview)),
        ConsoleRoute.post("/webhooks/new/test", request -> with(request, null, this::test)),
        ConsoleRoute.get("/webhooks/{id}/edit", this::showOld),
        ConsoleRoute.post("/webhooks/{id}/edit", request -> ofOld(request, this::taken)),
        ConsoleRoute.post("/webhooks/{id}/edit/preview", request -> ofOld(request, this::preview)),
        ConsoleRoute.post("/webhooks/{id}/edit/test", request -> ofOld(request, this::test)));
  }

  /**
   * A form that came in.
   *
   * @param old the webhook that it changes; null when it makes one
   */
  private record Sent(ConsoleRequest request, @Nullable Webhook old, WebhookForm form) {
    CheckForm.About about() {
      return new CheckForm.About(request.company().id(), old);
    }
  }

  private static CompletionStage<ConsoleAnswer> with(
      ConsoleRequest request,
      @Nullable Webhook old,
      Function<Sent, CompletionStage<ConsoleAnswer>> next) {
    return next.apply(new Sent(request, old, WebhookForm.read(request)));
  }

  private CompletionStage<ConsoleAnswer> ofOld(
      ConsoleRequest request, Function<Sent, CompletionStage<ConsoleAnswer>> next) {
    var old = find(request);
    return old.isPresent()
        ? with(request, old.get(), next)
        : WebhookPage.gone(templates, request).now();
  }

  private Optional<Webhook> find(ConsoleRequest request) {
    return parts.webhooks().find(request.company().id(), new WebhookId(request.inPath("id")));
  }

  private ConsoleAnswer showNew(ConsoleRequest request) {
    return shown(new Sent(request, null, WebhookForm.blank()));
  }

  private ConsoleAnswer showOld(ConsoleRequest request) {
    return find(request)
        .<ConsoleAnswer>map(old -> shown(new Sent(request, old, WebhookForm.of(old))))
        .orElseGet(() -> WebhookPage.gone(templates, request));
  }

  /** The form as it is opened: its address was checked when it was saved. */
  private ConsoleAnswer shown(Sent sent) {
    var checked = checkForm.withoutAsking(sent.about(), sent.form());
    return page(sent, new Shown(checked.preview(), FormProblems.NONE, "", List.of()));
  }

  private CompletionStage<ConsoleAnswer> preview(Sent sent) {
    return checkForm
        .checkTyping(sent.about(), sent.form())
        .thenApply(
            checked ->
                templates.page(
                    "webhooks/preview",
                    new FormView.Part(
                        checked.preview(), checked.problems(), FormProblems.places(sent.form()))));
  }

  private CompletionStage<ConsoleAnswer> test(Sent sent) {
    return checkForm
        .check(sent.about(), sent.form())
        .thenCompose(
            checked -> {
              var settings = checked.settings();
              return settings == null
                  ? page(sent, checked, "Nothing was sent: something is wrong in the form.").now()
                  : trial
                      .send(sent.request().company().id(), settings.trigger(), settings.request())
                      .thenApply(
                          tried ->
                              page(
                                  sent,
                                  new Shown(
                                      checked.preview(),
                                      checked.problems(),
                                      "",
                                      List.of(TriedView.of(tried)))));
            });
  }

  /** Saves, or only offers more rows. */
  private CompletionStage<ConsoleAnswer> taken(Sent sent) {
    return more(sent.request()).isEmpty()
        ? saved(sent).thenCompose(change -> answer(sent, change))
        : checkForm
            .checkTyping(sent.about(), sent.form())
            .thenApply(checked -> page(sent, checked, ""));
  }

  /** The list that more rows are wanted of; {@code ""} for none. */
  private static String more(ConsoleRequest request) {
    var wanted = request.inForm("do");
    return wanted.startsWith(MORE) ? wanted.substring(MORE.length()) : "";
  }

  private CompletionStage<Change<ChangedWebhook>> saved(Sent sent) {
    var old = sent.old();
    var company = sent.request().company().id();
    if (old == null) {
      return parts.webhooks().create(company, sent.form().json());
    }
    return parts
        .webhooks()
        .update(
            new Webhooks.Which(company, old.id(), revision(sent.request())), sent.form().json());
  }

  private static @Nullable Long revision(ConsoleRequest request) {
    var text = request.inForm("revision");
    return text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
  }

  private CompletionStage<ConsoleAnswer> answer(Sent sent, Change<ChangedWebhook> change) {
    return switch (change) {
      case Change.Done<ChangedWebhook>(var done) ->
          ConsoleAnswer.redirect(WebhookPage.after(secrets, sent.request(), done)).now();
      case Change.Refused<ChangedWebhook>(var mistakes) ->
          refused(sent, FormProblems.of(sent.form(), mistakes));
      case Change.Conflict<ChangedWebhook>(var words) -> notSaved(sent, words).now();
      case Change.Unavailable<ChangedWebhook>(var words) -> notSaved(sent, words).now();
      case Change.NotFound<ChangedWebhook> _ -> WebhookPage.gone(templates, sent.request()).now();
      case Change.Stale<ChangedWebhook> _ ->
          notSaved(
                  sent,
                  "somebody else has changed this webhook meanwhile. Open it again in another"
                      + " window, compare, and enter here once more what is to change")
              .now();
    };
  }

  /** All that is wrong at once: the address is looked at even when other fields are wrong. */
  private CompletionStage<ConsoleAnswer> refused(Sent sent, FormProblems problems) {
    return checkForm
        .check(sent.about(), sent.form())
        .thenApply(
            checked -> {
              var all = checked.problems().isEmpty() ? problems : checked.problems();
              var words =
                  all.all().size() == 1
                      ? "look at the field that is marked."
                      : "look at the fields that are marked.";
              return page(
                  sent,
                  new Shown(checked.preview(), all, "Nothing was saved: " + words, List.of()));
            });
  }

  private ConsoleAnswer notSaved(Sent sent, String words) {
    var preview = checkForm.withoutAsking(sent.about(), sent.form()).preview();
    var notice = "Nothing was saved: " + words + ".";
    return page(sent, new Shown(preview, FormProblems.NONE, notice, List.of()));
  }

  private ConsoleAnswer page(Sent sent, CheckForm.Checked checked, String notice) {
    return page(sent, new Shown(checked.preview(), checked.problems(), notice, List.of()));
  }

  /** What the page says of a form. */
  private record Shown(
      Preview preview, FormProblems problems, String notice, List<TriedView> tried) {}

  private ConsoleAnswer page(Sent sent, Shown shown) {
    var request = sent.request();
    var old = sent.old();
    var name = old == null ? "" : WebhookPage.name(old);
    var title = old == null ? "New webhook" : "Change " + name;
    return templates.page(
        "webhooks/form",
        new FormView(
            request.frame(title),
            name,
            old == null
                ? request.link("webhooks", NEW)
                : request.link("webhooks", old.id().value(), "edit"),
            old == null ? request.link("webhooks") : request.link("webhooks", old.id().value()),
            revisionShown(request, old),
            shown.notice(),
            sent.form().withEmptyRows(more(request)),
            more(request),
            shown.problems(),
            shown.preview(),
            shown.tried()));
  }

  /** The one that was looked at when the form was opened, however often it is shown again. */
  private static long revisionShown(ConsoleRequest request, @Nullable Webhook old) {
    var sent = revision(request);
    return sent != null ? sent : old == null ? 0 : old.revision();
  }
}
