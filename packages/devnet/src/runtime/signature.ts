import { sr25519Verify } from "@polkadot/util-crypto/sr25519";
import { Blake2256 } from "@polkadot-api/substrate-bindings";
import type { RuntimeVersion } from "../pallets/system.ts";
import { option } from "../scale/composites.ts";
import { concat } from "../scale/hash.ts";
import { hexToBytes } from "../scale/hex.ts";
import { fixedBytes, u32 } from "../scale/primitives.ts";
import { encode } from "../scale/type.ts";
import type { Extrinsic, SignedPart } from "./extrinsic.ts";

/** Longer payloads are signed by their hash. */
const MAX_PLAIN_PAYLOAD = 256;
const METADATA_HASH_OFF = 0;

/** What the signature covers though the extrinsic does not carry them. */
export type Anchors = {
  readonly genesis: string;
  readonly birth: string;
  readonly runtime: RuntimeVersion;
};

/** Whether the extrinsic was signed (sr25519) by the account it names, for this chain and this runtime. */
export function isSignedBy(
  who: string,
  extrinsic: Extrinsic & { signed: SignedPart },
  anchors: Anchors,
): boolean {
  const { signature, mode } = extrinsic.signed;
  if (signature.tag !== "Sr25519" || mode !== METADATA_HASH_OFF) return false;
  try {
    return sr25519Verify(signedBytes(extrinsic, anchors), hexToBytes(signature.value), hexToBytes(who));
  } catch {
    // The library throws on points that are not on the curve; to the pool that is a bad signature too.
    return false;
  }
}

function signedBytes(extrinsic: Extrinsic & { signed: SignedPart }, anchors: Anchors): Uint8Array {
  const payload = concat(
    extrinsic.callBytes,
    extrinsic.signed.extra,
    encode(u32, anchors.runtime.spec_version),
    encode(u32, anchors.runtime.transaction_version),
    hexToBytes(anchors.genesis),
    hexToBytes(anchors.birth),
    encode(option(fixedBytes(32)), undefined),
  );
  return payload.length > MAX_PLAIN_PAYLOAD ? Blake2256(payload) : payload;
}
