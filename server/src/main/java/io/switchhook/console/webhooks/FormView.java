package io.switchhook.console.webhooks;

import io.switchhook.console.Frame;
import java.util.List;

/**
 * What the form shows.
 *
 * @param name of the webhook that is changed; {@code ""} for a new one
 * @param save where the form goes; below it are {@code /preview} and {@code /test}
 * @param revision of the webhook that is changed, as it was when the form was shown
 * @param notice why nothing was saved, apart from what stands at the fields; {@code ""} for nothing
 * @param more the list that was just given one more row, as the API calls it; {@code ""} for none
 * @param tried one when a test was sent, else none
 */
record FormView(
    Frame frame,
    String name,
    String save,
    String back,
    long revision,
    String notice,
    WebhookForm form,
    String more,
    FormProblems problems,
    Preview preview,
    List<TriedView> tried) {
  FormView {
    tried = List.copyOf(tried);
  }

  boolean isNew() {
    return name.isEmpty();
  }

  List<FieldChoices.Group> choices() {
    return FieldChoices.ALL;
  }

  /** True for the row that was just added to a list: it is where one goes on. */
  boolean isNext(String list, int row, List<?> rows) {
    return list.equals(more) && row == rows.size() - 1;
  }

  /** What changes at the form while somebody types. */
  record Part(Preview preview, FormProblems problems, List<String> places) {
    Part {
      places = List.copyOf(places);
    }
  }
}
