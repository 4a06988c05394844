package io.switchhook.source.myoperator;

import io.switchhook.config.SectionReader;
import io.switchhook.source.SourceType;
import io.switchhook.source.myoperator.SenderProof.Asked;
import io.switchhook.source.myoperator.SenderProof.Wrong;
import io.switchhook.source.myoperator.sqlite.SqliteInbox;
import java.util.List;
import java.util.Map;

/** Sources of {@code type: myoperator}. */
public final class MyOperatorType implements SourceType {
  private static final String FIELDS = "fields";

  @Override
  public String word() {
    return "myoperator";
  }

  @Override
  public SourceMaker read(SectionReader section) {
    var proof =
        SenderProof.parse(
            section.optionalSecret("header").orElse(null),
            section.optionalSecret("basic-auth").orElse(null),
            section.optionalSecret("query-token").orElse(null));
    if (proof instanceof Wrong(var key, var reason) && !isRefusedAlready(section, key)) {
      section.refuseSecret(key.isEmpty() ? "header" : key, reason);
    }
    var tellAs = section.choice("tell-as", List.of("v1", "v2"), "v1");
    var fields = section.textsByName(FIELDS);
    fields.forEach((parameter, field) -> checkField(section, parameter, field));
    var wait = section.duration("reorder-wait", "0s", "60s", "2s");
    var unreadRetention = section.duration("unread-retention", "1h", "366d", "30d");
    return parts ->
        new MyOperatorSource(
            new MyOperatorSettings(
                parts.name(),
                parts.company(),
                ((Asked) proof).proof(),
                tellAs.equals("v2") ? TellAs.V2 : TellAs.V1,
                Map.copyOf(fields),
                wait,
                unreadRetention),
            parts,
            SqliteInbox.open(parts.folder(), parts.onFatal()));
  }

  /** A secret whose variable is not set was told of; it need not be asked for again. */
  private static boolean isRefusedAlready(SectionReader section, String key) {
    return key.isEmpty()
        && (section.has("header") || section.has("basic-auth") || section.has("query-token"));
  }

  private static void checkField(SectionReader section, String parameter, String field) {
    if (!ParameterFields.isField(field)) {
      section.refuse(
          FIELDS,
          parameter
              + " is said to mean "
              + field
              + ", which is no field of a call log; such are uid, call_state, clid, _ai, _cr");
    }
  }
}
