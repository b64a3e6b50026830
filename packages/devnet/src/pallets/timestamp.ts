import { constant, named, value } from "../metadata/declare.ts";
import { definePallet } from "../metadata/pallet.ts";
import { compact, u64 } from "../scale/primitives.ts";

export const timestamp = definePallet({
  name: "Timestamp",
  index: 2,
  crate: "pallet_timestamp",
  storage: { Now: value(u64, 0n) },
  calls: { set: named(0, { now: compact(u64) }) },
  events: {},
  errors: {},
  constants: { MinimumPeriod: constant(u64, 6_000n) },
});
