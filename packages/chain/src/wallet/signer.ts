import type { Signer } from "@assay/core";
import { u8aToHex } from "@polkadot/util";
import { sr25519Sign } from "@polkadot/util-crypto";
import { ChainError } from "../errors.ts";
import { addressOf } from "./address.ts";
import { verifySignature } from "./verify.ts";

/** An sr25519 key pair; the secret is in the form the library signs with. */
export type Sr25519Pair = { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };

const TEST_MESSAGE = new TextEncoder().encode("assay key self-test");

/**
 * A signer over a pair that has proved itself on a test message: a secret that does not belong to the public key
 * signs without complaint, and nobody would accept what it signs.
 */
export function signerFromPair(pair: Sr25519Pair): Signer {
  const signer = {
    address: addressOf(pair.publicKey),
    sign: (message: Uint8Array) => u8aToHex(sr25519Sign(message, pair)),
  };
  if (!provesItself(signer))
    throw new ChainError({ code: "CHAIN_KEY_INVALID", problem: "the secret does not belong to the address" });
  return signer;
}

function provesItself(signer: { address: string; sign(message: Uint8Array): string }): boolean {
  try {
    return verifySignature(TEST_MESSAGE, signer.sign(TEST_MESSAGE), signer.address);
  } catch {
    return false;
  }
}
