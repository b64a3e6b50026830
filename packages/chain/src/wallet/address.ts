import { decodeAddress, encodeAddress } from "@polkadot/util-crypto";

/** ss58 prefix of Bittensor. */
export const SS58_PREFIX = 42;

/** Addresses that were looked at before: a subnet's are read with every block. */
const MOST_KNOWN = 16_384;
const known = new Set<string>();

/** Whether the text is an ss58 address of 32 bytes with prefix 42 and a right checksum, in its canonical spelling. */
export function isAddress(text: string): boolean {
  if (known.has(text)) return true;
  if (publicKeyOf(text) === undefined) return false;
  if (known.size >= MOST_KNOWN) known.clear();
  known.add(text);
  return true;
}

/** The public key behind an address, undefined if it is not one. */
export function publicKeyOf(address: string): Uint8Array | undefined {
  try {
    const publicKey = decodeAddress(address, false, SS58_PREFIX);
    // The library also takes hex and other lengths; one key has exactly one address here.
    const isCanonical = publicKey.length === 32 && addressOf(publicKey) === address;
    return isCanonical ? publicKey : undefined;
  } catch {
    return undefined;
  }
}

/** The address of a public key. */
export function addressOf(publicKey: Uint8Array): string {
  return encodeAddress(publicKey, SS58_PREFIX);
}
