package io.switchhook.company;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchhook.webhook.RequestShape.FieldDress;
import io.switchhook.webhook.RequestShape.QueryParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code query_parameters} of a webhook, from JSON and back. */
final class QueryParameters {
  static final int COUNT_MAX = 50;
  static final int NAME_LENGTH_MAX = 256;
  static final int VALUE_LENGTH_MAX = 2_048;

  private static final String LIST = "query_parameters";

  private QueryParameters() {}

  /** The parameters, in their order; what is wrong is noted. */
  static List<QueryParameter> read(ObjectReader webhook) {
    var parameters = new ArrayList<QueryParameter>();
    var nodes = webhook.list(LIST, COUNT_MAX);
    for (int index = 0; index < nodes.size(); index++) {
      readOne(webhook.element(LIST, index, nodes.get(index))).ifPresent(parameters::add);
    }
    return parameters;
  }

  private static Optional<QueryParameter> readOne(ObjectReader parameter) {
    var name = parameter.requiredText("name", NAME_LENGTH_MAX);
    boolean hasField = parameter.value("field").isPresent();
    boolean hasValue = parameter.value("value").isPresent();
    var dress = parameter.choice("as", Map.of("e164", FieldDress.E164));
    parameter.refuseOthers();
    if (hasField == hasValue) {
      parameter.refuse("", "must have either field (of the call log) or value (a fixed text)");
      return Optional.empty();
    }
    if (hasValue) {
      if (dress.isPresent()) {
        parameter.refuse("as", "goes with field, not with value");
      }
      var value = parameter.text("value", VALUE_LENGTH_MAX);
      return name.flatMap(key -> value.map(text -> new QueryParameter.Fixed(key, text)));
    }
    var field = Conditions.path(parameter, "field");
    return name.flatMap(
        key ->
            field.map(
                path ->
                    new QueryParameter.FromField(key, path, dress.orElse(FieldDress.AS_IT_IS))));
  }

  /** The parameters as {@link #read} takes them. */
  static ArrayNode write(List<QueryParameter> parameters) {
    var list = JsonNodeFactory.instance.arrayNode();
    for (var parameter : parameters) {
      var node = list.addObject().put("name", parameter.name());
      switch (parameter) {
        case QueryParameter.Fixed(_, var value) -> node.put("value", value);
        case QueryParameter.FromField(_, var field, var dress) -> {
          node.put("field", field);
          if (dress == FieldDress.E164) {
            node.put("as", "e164");
          }
        }
      }
    }
    return list;
  }
}
