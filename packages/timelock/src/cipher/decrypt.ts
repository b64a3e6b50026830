import { gcm } from "@noble/ciphers/aes.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { POINT, type Pulse } from "../beacon/pulse.ts";
import { TimelockError } from "../errors.ts";
import { parseCiphertext } from "./ciphertext.ts";
import { oneTimeKey, oneTimeScalar, pairingMask, xor } from "./ibe.ts";

/** Opens a ciphertext with the pulse of its round; refused if either is not exactly what encryption left. */
export function decrypt(ciphertext: Uint8Array, pulse: Pulse): Uint8Array {
  const { u, v, w, sealed, nonce } = parseCiphertext(ciphertext);
  const sigma = xor(v, pairingMask(pulse[POINT], u));
  const esk = xor(w, sha256(sigma));
  if (!oneTimeKey(oneTimeScalar(sigma, esk)).equals(u)) throw failed("key", pulse);
  try {
    return gcm(esk, nonce).decrypt(sealed);
  } catch (cause) {
    throw failed("body", pulse, cause);
  }
}

const REASONS = {
  key: "it was made for another round or beacon, or a byte of it has changed",
  body: "a byte of its body has changed",
};

function failed(layer: "key" | "body", { round }: Pulse, cause?: unknown): TimelockError {
  const message = `The pulse of round ${round} does not open this ciphertext: ${REASONS[layer]}.`;
  return new TimelockError({ code: "TIMELOCK_DECRYPTION_FAILED", layer, round }, message, { cause });
}
