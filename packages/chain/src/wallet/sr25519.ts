import { sr25519Sign as signSlowly, sr25519Verify as verifySlowly } from "@polkadot/util-crypto";
import { isReady, sr25519Sign, sr25519Verify } from "@polkadot/wasm-crypto";

/** An sr25519 key pair; the secret is in the form the libraries sign with. */
export type Sr25519Pair = { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };

/** Signs in WebAssembly; until that is loaded, some milliseconds after the import, in JavaScript eight times slower. */
export function sign(message: Uint8Array, pair: Sr25519Pair): Uint8Array {
  return isReady() ? sr25519Sign(pair.publicKey, pair.secretKey, message) : signSlowly(message, pair);
}

/** Verifies likewise; throws over some malformed keys and signatures, and answers false for others. */
export function verify(message: Uint8Array, { signature, publicKey }: Signed): boolean {
  if (isNobody(publicKey)) return false;
  return isReady()
    ? sr25519Verify(signature, message, publicKey)
    : verifySlowly(message, signature, publicKey);
}

type Signed = { readonly signature: Uint8Array; readonly publicKey: Uint8Array };

/** Everybody can sign for the neutral point, which the chain also uses for an account that is not set. */
function isNobody(publicKey: Uint8Array): boolean {
  return publicKey.every((byte) => byte === 0);
}
