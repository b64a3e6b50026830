import { createHash, generateKeyPairSync, sign, verify } from "node:crypto";
import type { Signer, VerifySignature } from "../statement.ts";

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const publicKeys = new Map<string, Parameters<typeof verify>[2]>();

/** A signer with a key of its own: Ed25519 instead of sr25519, which the runtime does not have; same sizes. */
export function signingKey(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const bytes = createHash("sha512")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest();
  const address = `5${Array.from(bytes.subarray(0, 47), (byte) => BASE58[byte % 58]).join("")}`;
  publicKeys.set(address, publicKey);
  return { address, sign: (message) => `0x${sign(null, message, privateKey).toString("hex")}` };
}

/** Verifies signatures of the keys made here. */
export const verifySignature: VerifySignature = (message, signature, address) => {
  const key = publicKeys.get(address);
  return key !== undefined && verify(null, message, key, Buffer.from(signature.slice(2), "hex"));
};
