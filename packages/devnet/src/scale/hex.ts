import { malformed } from "./buffer.ts";

const HEX = /^0x(?:[0-9a-f]{2})*$/i;

/** 0x-prefixed lower-case hex. */
export function bytesToHex(bytes: Uint8Array): string {
  return `0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex")}`;
}

/** The bytes of a 0x-prefixed hex string; anything else is refused. */
export function hexToBytes(hex: string): Uint8Array {
  if (!HEX.test(hex)) throw malformed(0, "not a 0x-prefixed hex string");
  return new Uint8Array(Buffer.from(hex.slice(2), "hex"));
}
