import type { Signer } from "@assay/core";
import { u8aToHex } from "@polkadot/util";
import { ChainError } from "../errors.ts";
import { addressOf } from "./address.ts";
import { type Sr25519Pair, sign } from "./sr25519.ts";
import { verifySignature } from "./verify.ts";

const TEST_MESSAGE = new TextEncoder().encode("assay key self-test");

/**
 * A signer over a pair that has proved itself on a test message: a secret that does not belong to the public key
 * signs without complaint, and nobody would accept what it signs.
 */
export function signerFromPair(pair: Sr25519Pair): Signer {
  const signer = {
    address: addressOf(pair.publicKey),
    sign: (message: Uint8Array) => u8aToHex(sign(message, pair)),
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
