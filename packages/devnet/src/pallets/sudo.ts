import { named, optionalValue } from "../metadata/declare.ts";
import { definePallet } from "../metadata/pallet.ts";
import { accountId, dispatchResult, multiAddress } from "../scale/substrate.ts";
import type { Type } from "../scale/type.ts";

/** pallet_sudo; its calls contain calls of every pallet, hence the argument. */
export function sudoPallet<C>(runtimeCall: Type<C>) {
  return definePallet({
    name: "Sudo",
    index: 12,
    crate: "pallet_sudo",
    storage: { Key: optionalValue(accountId) },
    calls: {
      sudo: named(0, { call: runtimeCall }),
      sudo_as: named(3, { who: multiAddress, call: runtimeCall }),
    },
    events: {
      Sudid: named(0, { sudo_result: dispatchResult }),
      SudoAsDone: named(3, { sudo_result: dispatchResult }),
    },
    errors: { RequireSudo: 0 },
    constants: {},
  });
}
