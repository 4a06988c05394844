package io.switchhook.console.webhooks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.company.WebhookJson;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.webhook.Condition;
import io.switchhook.webhook.RequestShape;
import io.switchhook.webhook.RequestShape.FieldDress;
import io.switchhook.webhook.RequestShape.QueryParameter;
import io.switchhook.webhook.Webhook;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A webhook as it is filled in: texts, right or wrong. What is empty is left out. */
record WebhookForm(
    Main main,
    List<Parameter> parameters,
    List<HeaderLine> headers,
    List<ConditionLine> conditions,
    Login login,
    Rest rest) {
  /** A list in the form offers no more rows. */
  static final int ROWS_MAX = 50;

  WebhookForm {
    parameters = List.copyOf(parameters);
    headers = List.copyOf(headers);
    conditions = List.copyOf(conditions);
  }

  /** Where it is told, of what, and how. */
  record Main(String name, String trigger, String targetUrl, String method, String body) {}

  /** A row of a list. */
  sealed interface Row {
    boolean isEmpty();
  }

  /**
   * A query parameter.
   *
   * @param from {@code fixed}, {@code path}, or {@code field:} and the path of a field that can be
   *     chosen
   * @param text the fixed text, or the path
   * @param as {@code e164} or {@code ""}
   */
  record Parameter(String name, String from, String text, String as) implements Row {
    static final Parameter EMPTY = new Parameter("", "field:clid_raw", "", "");

    @Override
    public boolean isEmpty() {
      return name.isBlank() && text.isBlank();
    }

    /** The path of its field; {@code ""} when it has none. */
    String field() {
      return from.startsWith("field:") ? from.substring(6) : from.equals("path") ? text : "";
    }
  }

  /** A header. */
  record HeaderLine(String name, String value) implements Row {
    static final HeaderLine EMPTY = new HeaderLine("", "");

    @Override
    public boolean isEmpty() {
      return name.isBlank() && value.isBlank();
    }
  }

  /**
   * A condition.
   *
   * @param test {@code in}, {@code not_in}, {@code matches}, {@code exists} or {@code absent}
   * @param values with commas between them for the first two
   */
  record ConditionLine(String field, String test, String values) implements Row {
    static final ConditionLine EMPTY = new ConditionLine("", "in", "");

    @Override
    public boolean isEmpty() {
      return field.isBlank() && values.isBlank();
    }
  }

  /** Basic authentication. */
  record Login(String username, String password) {
    boolean isEmpty() {
      return username.isEmpty() && password.isEmpty();
    }
  }

  /** What few people change. */
  record Rest(boolean isSigned, String timeout, String timeToLive, String superseded) {}

  /** The form of a webhook that is new. */
  static WebhookForm blank() {
    return new WebhookForm(
        new Main("", "in_call", "", "POST", "myoperator"),
        List.of(),
        List.of(),
        List.of(),
        new Login("", ""),
        new Rest(false, "", "", "tell"));
  }

  /** The form of a webhook that is there; marks stand for its secrets. */
  static WebhookForm of(Webhook webhook) {
    var settings = webhook.settings();
    var json = WebhookJson.write(settings);
    var request = settings.request();
    var auth = request.basicAuth();
    var timeToLive = settings.timeToLive();
    return new WebhookForm(
        new Main(
            settings.name(),
            settings.trigger().word(),
            request.targetUrl().toString(),
            request.method().name(),
            request.body().word()),
        request.queryParameters().stream().map(WebhookForm::parameter).toList(),
        request.headers().stream()
            .map(header -> new HeaderLine(header.name(), WebhookJson.MARK))
            .toList(),
        settings.conditions().stream().map(WebhookForm::condition).toList(),
        auth == null ? new Login("", "") : new Login(auth.username(), WebhookJson.MARK),
        new Rest(
            request.signing() != null,
            json.path("timeout_seconds").asText(),
            timeToLive == null ? "" : String.valueOf(timeToLive.toSeconds()),
            json.path("superseded").asText()));
  }

  private static Parameter parameter(QueryParameter parameter) {
    return switch (parameter) {
      case QueryParameter.Fixed(var name, var value) -> new Parameter(name, "fixed", value, "");
      case QueryParameter.FromField(var name, var field, var as) -> {
        var dress = as == FieldDress.E164 ? "e164" : "";
        yield FieldChoices.has(field)
            ? new Parameter(name, "field:" + field, "", dress)
            : new Parameter(name, "path", field, dress);
      }
    };
  }

  private static ConditionLine condition(Condition condition) {
    return switch (condition) {
      case Condition.In(var field, var values) ->
          new ConditionLine(field, "in", String.join(", ", values));
      case Condition.NotIn(var field, var values) ->
          new ConditionLine(field, "not_in", String.join(", ", values));
      case Condition.Matches(var field, var pattern) ->
          new ConditionLine(field, "matches", pattern);
      case Condition.Exists(var field, boolean expected) ->
          new ConditionLine(field, expected ? "exists" : "absent", "");
    };
  }

  /** The form as it was sent. */
  static WebhookForm read(ConsoleRequest request) {
    var names = request.allInForm("parameter_name");
    var headers = request.allInForm("header_name");
    var conditions = request.allInForm("condition_field");
    return new WebhookForm(
        new Main(
            request.inForm("name").strip(),
            request.inForm("trigger"),
            request.inForm("target_url").strip(),
            request.inForm("method"),
            request.inForm("body")),
        IntStream.range(0, Math.min(names.size(), ROWS_MAX))
            .mapToObj(
                row ->
                    new Parameter(
                        names.get(row).strip(),
                        at(request.allInForm("parameter_from"), row),
                        at(request.allInForm("parameter_text"), row),
                        at(request.allInForm("parameter_as"), row)))
            .toList(),
        IntStream.range(0, Math.min(headers.size(), ROWS_MAX))
            .mapToObj(
                row ->
                    new HeaderLine(
                        headers.get(row).strip(), at(request.allInForm("header_value"), row)))
            .toList(),
        IntStream.range(0, Math.min(conditions.size(), ROWS_MAX))
            .mapToObj(
                row ->
                    new ConditionLine(
                        conditions.get(row).strip(),
                        at(request.allInForm("condition_test"), row),
                        at(request.allInForm("condition_values"), row)))
            .toList(),
        new Login(request.inForm("username"), request.inForm("password")),
        new Rest(
            request.inForm("signing").equals("on"),
            request.inForm("timeout_seconds").strip(),
            request.inForm("time_to_live_seconds").strip(),
            request.inForm("superseded")));
  }

  private static String at(List<String> all, int row) {
    return row < all.size() ? all.get(row).strip() : "";
  }

  /**
   * The same with one empty row at the end of each list, and in one list with one more.
   *
   * @param list the one, as the API calls it; {@code ""} for none
   */
  WebhookForm withEmptyRows(String list) {
    return new WebhookForm(
        main,
        offered(parameters, Parameter.EMPTY, list.equals(FormProblems.PARAMETERS)),
        offered(headers, HeaderLine.EMPTY, list.equals(FormProblems.HEADERS)),
        offered(conditions, ConditionLine.EMPTY, list.equals(FormProblems.CONDITIONS)),
        login,
        rest);
  }

  /** Rows at the end that are empty are not kept, unless more are wanted; the others stay. */
  private static <T extends Row> List<T> offered(List<T> rows, T empty, boolean wantsMore) {
    int end = rows.size();
    while (!wantsMore && end > 0 && rows.get(end - 1).isEmpty()) {
      end--;
    }
    var more = new ArrayList<>(rows.subList(0, end));
    if (more.size() < ROWS_MAX) {
      more.add(empty);
    }
    return more;
  }

  /** The same without rows that are empty. */
  WebhookForm withoutEmptyRows() {
    return new WebhookForm(
        main,
        parameters.stream().filter(row -> !row.isEmpty()).toList(),
        headers.stream().filter(row -> !row.isEmpty()).toList(),
        conditions.stream().filter(row -> !row.isEmpty()).toList(),
        login,
        rest);
  }

  /** The JSON that the API takes; rows that are empty are left out of it. */
  ObjectNode json() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("name", main.name());
    json.put("trigger", main.trigger());
    if (!main.targetUrl().isEmpty()) {
      json.put("target_url", main.targetUrl());
    }
    json.put("method", main.method());
    if (!main.method().equals(RequestShape.Method.GET.name())) {
      json.put("body", main.body());
    }
    var lists = withoutEmptyRows();
    var query = json.putArray("query_parameters");
    lists.parameters.forEach(row -> write(query.addObject(), row));
    var lines = json.putArray("headers");
    lists.headers.forEach(row -> lines.add(row.name() + ": " + row.value()));
    var all = json.putArray("conditions");
    lists.conditions.forEach(row -> write(all.addObject(), row));
    if (!login.isEmpty()) {
      json.putObject("basic_auth")
          .put("username", login.username())
          .put("password", login.password());
    }
    if (rest.isSigned()) {
      json.putObject("signing").put("scheme", "standard-webhooks");
    }
    putNumber(json, "timeout_seconds", rest.timeout());
    putNumber(json, "time_to_live_seconds", rest.timeToLive());
    json.put("superseded", rest.superseded().isEmpty() ? "tell" : rest.superseded());
    return json;
  }

  private static void write(ObjectNode json, Parameter row) {
    json.put("name", row.name());
    if (row.from().equals("fixed")) {
      json.put("value", row.text());
      return;
    }
    json.put("field", row.field());
    if (row.as().equals("e164")) {
      json.put("as", "e164");
    }
  }

  private static void write(ObjectNode json, ConditionLine row) {
    json.put("field", row.field());
    switch (row.test()) {
      case "in", "not_in" -> {
        var values = json.putArray(row.test());
        Arrays.stream(row.values().split(",", -1))
            .map(String::strip)
            .filter(value -> !value.isEmpty())
            .forEach(values::add);
      }
      case "matches" -> json.put("matches", row.values());
      default -> json.put("exists", row.test().equals("exists"));
    }
  }

  /** What is no number goes on as text, so that it is refused with the words of the API. */
  private static void putNumber(ObjectNode json, String field, String text) {
    if (text.matches("[0-9]{1,18}")) {
      json.put(field, Long.parseLong(text));
    } else if (text.matches("[0-9]{1,9}\\.[0-9]{1,6}")) {
      json.put(field, new BigDecimal(text));
    } else if (!text.isEmpty()) {
      json.put(field, text);
    }
  }
}
