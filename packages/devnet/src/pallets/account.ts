import { struct, wrapper } from "../scale/composites.ts";
import { u32, u64, u128 } from "../scale/primitives.ts";

/** Balances of one account; 9 decimals. */
export const accountData = struct("pallet_balances::types::AccountData", {
  free: u64,
  reserved: u64,
  frozen: u64,
  flags: wrapper("pallet_balances::types::ExtraFlags", u128),
});

/** Bit that marks the balance format in use since pallet_balances counts by providers. */
const NEW_LOGIC = 1n << 127n;

export const accountInfo = struct("frame_system::AccountInfo", {
  nonce: u32,
  consumers: u32,
  providers: u32,
  sufficients: u32,
  data: accountData,
});

export const EMPTY_ACCOUNT = {
  nonce: 0,
  consumers: 0,
  providers: 0,
  sufficients: 0,
  data: { free: 0n, reserved: 0n, frozen: 0n, flags: NEW_LOGIC },
};
