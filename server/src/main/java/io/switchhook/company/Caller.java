package io.switchhook.company;

import io.switchhook.event.CompanyId;

/** Who a key says that its holder is. */
public sealed interface Caller {
  /** May do everything. */
  record Admin() implements Caller {}

  /** May do everything within one company, except to start calls when that right was not given. */
  record OfCompany(CompanyId company, boolean hasRightToCall) implements Caller {}

  /** True when the caller may see and change this company's things. */
  default boolean mayUse(CompanyId company) {
    return switch (this) {
      case Admin _ -> true;
      case OfCompany(CompanyId own, _) -> own.equals(company);
    };
  }

  /** True when the caller may start phone calls. */
  default boolean mayStartCalls() {
    return switch (this) {
      case Admin _ -> true;
      case OfCompany(_, boolean hasRightToCall) -> hasRightToCall;
    };
  }
}
