import { Blake2128, Blake2256, Twox64Concat, Twox128 } from "@polkadot-api/substrate-bindings";
import { bytesToHex } from "./hex.ts";

export type HasherName = "Identity" | "Twox64Concat" | "Blake2_128Concat";

/** The hashed form of one storage key part, always followed by the part itself, so that keys can be read back. */
export function hashKey(hasher: HasherName, part: Uint8Array): Uint8Array {
  if (hasher === "Identity") return part;
  if (hasher === "Twox64Concat") return Twox64Concat(part);
  return concat(Blake2128(part), part);
}

/** How many bytes stand before the key part itself. */
export const HASH_LENGTH: Readonly<Record<HasherName, number>> = {
  Identity: 0,
  Twox64Concat: 8,
  Blake2_128Concat: 16,
};

/** The 32 bytes under which all keys of a storage item lie, as hex. */
export function storagePrefix(pallet: string, item: string): string {
  const text = new TextEncoder();
  return bytesToHex(concat(Twox128(text.encode(pallet)), Twox128(text.encode(item))));
}

export function blake2Hex(bytes: Uint8Array): string {
  return bytesToHex(Blake2256(bytes));
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
