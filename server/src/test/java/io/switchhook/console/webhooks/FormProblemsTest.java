package io.switchhook.console.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.company.FieldMistake;
import io.switchhook.console.webhooks.WebhookForm.ConditionLine;
import io.switchhook.console.webhooks.WebhookForm.HeaderLine;
import io.switchhook.console.webhooks.WebhookForm.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the form says that something is wrong. */
class FormProblemsTest {
  private static final WebhookForm FORM =
      new WebhookForm(
          WebhookForm.blank().main(),
          List.of(Parameter.EMPTY, new Parameter("a", "fixed", "b", "")),
          List.of(new HeaderLine("a", "b"), new HeaderLine("", ""), new HeaderLine("c", "d")),
          List.of(new ConditionLine("", "in", ""), new ConditionLine("status", "in", "1")),
          WebhookForm.blank().login(),
          WebhookForm.blank().rest());

  private static FormProblems of(String field) {
    return FormProblems.of(FORM, List.of(new FieldMistake(field, "must be otherwise")));
  }

  @Test
  void rowsThatAreEmptyAreCountedInTheFormAndNotInTheJson() {
    assertThat(of("headers[1]").at("headers", 2)).isEqualTo("Must be otherwise.");
    assertThat(of("query_parameters[0].name").at("query_parameters", 1)).isNotEmpty();
    assertThat(of("conditions[0].in[3]").at("conditions", 1)).isNotEmpty();
  }

  @Test
  void partsOfAFieldAreSaidAtTheField() {
    assertThat(of("basic_auth.username").has("basic_auth")).isTrue();
    assertThat(of("headers").at("headers")).isNotEmpty();
  }

  @Test
  void twoProblemsOfOneFieldAreTwoSentences() {
    var problems =
        FormProblems.of(
            FORM,
            List.of(
                new FieldMistake("name", "is too long"),
                new FieldMistake("name", "must have no control characters")));

    assertThat(problems.at("name")).isEqualTo("Is too long. Must have no control characters.");
  }

  @Test
  void everyProblemHasAPlace() {
    assertThat(FormProblems.places(FORM))
        .contains("target_url", "headers-2", "query_parameters-1", "conditions-1", "basic_auth");
  }
}
