import { hexToU8a, u8aWrapBytes } from "@polkadot/util";
import { publicKeyOf } from "./address.ts";
import { verify } from "./sr25519.ts";

const SIGNATURE = /^0x[0-9a-f]{128}$/i;

/**
 * Whether `signature` (0x and 128 hex digits) is the address's sr25519 signature of the message, as it is or in the
 * `<Bytes>…</Bytes>` wrapping that browser wallets add; anything malformed is simply false.
 */
export function verifySignature(message: Uint8Array, signature: string, address: string): boolean {
  const publicKey = publicKeyOf(address);
  if (publicKey === undefined || !SIGNATURE.test(signature)) return false;
  const bytes = hexToU8a(signature);
  return isSignedBy(publicKey, message, bytes) || isSignedBy(publicKey, u8aWrapBytes(message), bytes);
}

function isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(message, { signature, publicKey });
  } catch {
    return false;
  }
}
