import { constant, named, value } from "../metadata/declare.ts";
import { definePallet } from "../metadata/pallet.ts";
import { compact, u32, u64 } from "../scale/primitives.ts";
import { accountId, multiAddress } from "../scale/substrate.ts";

export const balances = definePallet({
  name: "Balances",
  index: 5,
  crate: "pallet_balances",
  storage: { TotalIssuance: value(u64, 0n) },
  calls: { transfer_keep_alive: named(3, { dest: multiAddress, value: compact(u64) }) },
  events: {
    Endowed: named(0, { account: accountId, free_balance: u64 }),
    Transfer: named(2, { from: accountId, to: accountId, amount: u64 }),
    Withdraw: named(8, { who: accountId, amount: u64 }),
  },
  errors: {},
  constants: {
    ExistentialDeposit: constant(u64, 500n),
    MaxLocks: constant(u32, 50),
    MaxReserves: constant(u32, 50),
    MaxFreezes: constant(u32, 50),
  },
});
