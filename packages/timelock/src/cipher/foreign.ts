const AGE_STARTS = ["-----BEGIN AGE ENCRYPTED FILE-----", "age-encryption.org/v1"];

/** Where the body's length stands when V and W carry none, and how much longer the whole is than what it says. */
const FIXED_ARRAYS = { bodyAt: 160, rest: 184 };

/**
 * The name of known software that writes timelock ciphertexts the chain cannot read, if these bytes are its: the
 * mistake is worth naming because the chain takes such commits without a word.
 */
export function foreignFormat(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 40));
  if (AGE_STARTS.some((text) => start.startsWith(text))) return "tlock-js (age)";
  return hasFixedArrays(bytes) ? "timelock 0.3" : undefined;
}

function hasFixedArrays(bytes: Uint8Array): boolean {
  const { bodyAt, rest } = FIXED_ARRAYS;
  if (bytes.length < bodyAt + 8) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getBigUint64(bodyAt, true) === BigInt(bytes.length - rest);
}
