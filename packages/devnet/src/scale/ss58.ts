import { fromBufferToBase58, getSs58AddressInfo } from "@polkadot-api/substrate-bindings";
import { bytesToHex, hexToBytes } from "./hex.ts";

const PREFIX = 42;
const encodeAddress = fromBufferToBase58(PREFIX);

/** The hex of the 32 bytes behind an ss58 address of any prefix; undefined if it is none. */
export function accountFromAddress(address: string): string | undefined {
  const info = getSs58AddressInfo(address);
  return info.isValid && info.publicKey.length === 32 ? bytesToHex(info.publicKey) : undefined;
}

/** The ss58 address (prefix 42) of an account. */
export function addressOf(account: string): string {
  return encodeAddress(hexToBytes(account));
}
