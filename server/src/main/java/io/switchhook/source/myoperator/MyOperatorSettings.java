package io.switchhook.source.myoperator;

import io.switchhook.event.CompanyId;
import java.time.Duration;
import java.util.Map;

/**
 * One MyOperator account as a source.
 *
 * @param name the last part of its address, {@code /in/NAME}
 * @param proof what the sender must show
 * @param fields which field of a call log a parameter of a GET means, by the parameter's name
 * @param reorderWait how long an event waits for those that belong in front of it; 0 for not at all
 * @param unreadRetention how long a request is kept that could not be read
 */
public record MyOperatorSettings(
    String name,
    CompanyId company,
    SenderProof proof,
    TellAs tellAs,
    Map<String, String> fields,
    Duration reorderWait,
    Duration unreadRetention) {
  public MyOperatorSettings {
    fields = Map.copyOf(fields);
  }
}
