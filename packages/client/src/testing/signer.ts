import { createHash } from "node:crypto";
import type { Signer, VerifySignature } from "@assay/core";

/** The development account //Alice, as an address. */
export const ALICE = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
export const BOB = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UHJGJUNoHY".slice(0, 47);

/** A signature that anybody could make: it shows which bytes were signed, which is all the client decides. */
function mark(message: Uint8Array, address: string): string {
  return `0x${createHash("sha512").update(address).update(message).digest("hex")}`;
}

/** A signer for tests of what is signed. */
export function markingSigner(address = ALICE): Signer {
  return { address, sign: (message) => mark(message, address) };
}

export const verifyMark: VerifySignature = (message, signature, address) =>
  signature === mark(message, address);
