import { constant, named, value } from "../metadata/declare.ts";
import { definePallet } from "../metadata/pallet.ts";
import { wrapper } from "../scale/composites.ts";
import { u8, u64, u128 } from "../scale/primitives.ts";
import { accountId } from "../scale/substrate.ts";

/** One, as a fixed-point number with eighteen decimals. */
const ONE = 1_000_000_000_000_000_000n;

export const transactionPayment = definePallet({
  name: "TransactionPayment",
  index: 6,
  crate: "pallet_transaction_payment",
  storage: { NextFeeMultiplier: value(wrapper("sp_arithmetic::fixed_point::FixedU128", u128), ONE) },
  calls: {},
  events: { TransactionFeePaid: named(0, { who: accountId, actual_fee: u64, tip: u64 }) },
  errors: {},
  constants: { OperationalFeeMultiplier: constant(u8, 5) },
});
