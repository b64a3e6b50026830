import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

/** Bytes as lower-case hex with 0x. */
export function toHex(bytes: Uint8Array): string {
  return `0x${bytesToHex(bytes)}`;
}

/** The bytes of hex with or without 0x; undefined if it is none. */
export function fromHex(text: string): Uint8Array | undefined {
  const digits = text.startsWith("0x") ? text.slice(2) : text;
  return /^([0-9a-f]{2})*$/i.test(digits) ? hexToBytes(digits) : undefined;
}
