package io.switchhook.source.asterisk;

import java.util.List;

/**
 * A department: {@code _di} and {@code _dn} of after-call logs.
 *
 * @param queues a call that waited in one of these belongs to it
 * @param numbers a call to one of these service numbers belongs to it
 */
public record AsteriskDepartment(
    String id, String name, List<String> queues, List<String> numbers) {
  public AsteriskDepartment {
    queues = List.copyOf(queues);
    numbers = List.copyOf(numbers);
  }
}
