package io.switchhook.source.asterisk.mapping;

import io.switchhook.source.asterisk.mapping.Channel.Role;
import org.jspecify.annotations.Nullable;

/*
 * When a user rings a colleague before handing the customer over.
 *
 * A telephone does it on a second line, which is a call of its own. Asterisk's own transfer (the feature code, the manager's
 * Atxfer) stays within the call: it makes a Local channel that nobody dials, puts one half of it into a bridge where the user
 * waits, and the other half dials the colleague. So behind the Local channels there is either a user, or a half that is in a bridge
 * without the customer before anybody answered. When the transfer is completed, that half goes into the customer's bridge.
 */

/** Tells a colleague who is asked before a transfer from a user who is rung for the customer. */
final class Consultations {
  /** Local channels that lead to Local channels: deeper is a mistake in a dialplan. */
  static final int LOCALS_MAX = 5;

  private final Switchboard board;

  Consultations(Switchboard board) {
    this.board = board;
  }

  /** True when this leg is rung so that a user can ask somebody. */
  boolean isRungFor(Channel leg) {
    var call = leg.call;
    if (call.type == null || call.isInternal) {
      return false;
    }
    var origin = origin(leg);
    if (origin == null || origin.role != Role.LOCAL) {
      return origin != null && origin.role == Role.USER;
    }
    return !origin.bridge.isEmpty()
        && board.talkingWith(origin).stream().noneMatch(call::isCustomer);
  }

  /** True when the Local channel behind this leg has come to the customer. */
  boolean hasCustomer(Channel leg) {
    var origin = origin(leg);
    return origin != null
        && origin.role == Role.LOCAL
        && board.talkingWith(origin).stream().anyMatch(leg.call::isCustomer);
  }

  /** Who has this leg dialled: a device, or the half of a Local channel that nobody dialled. */
  private @Nullable Channel origin(Channel leg) {
    var call = leg.call;
    var dialler = leg.dialledBy;
    for (var i = 0; i < LOCALS_MAX && dialler != null && dialler.role == Role.LOCAL; i++) {
      var other = board.otherHalf(dialler);
      if (other == null || call.linkedIds.contains(dialler.id)) {
        return null;
      }
      if (other.dialledBy == null) {
        return call.linkedIds.contains(other.id) ? null : other;
      }
      dialler = other.dialledBy;
    }
    return dialler;
  }
}
