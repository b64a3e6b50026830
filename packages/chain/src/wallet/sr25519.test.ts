import { sr25519Sign, sr25519Verify } from "@polkadot/util-crypto";
import { isReady, waitReady } from "@polkadot/wasm-crypto";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { addressOf } from "./address.ts";
import { pairFromUri } from "./secret-uri.ts";
import { sign, verify } from "./sr25519.ts";
import { verifySignature } from "./verify.ts";

beforeAll(async () => {
  await waitReady();
});

const pair = pairFromUri("//Alice");
const { publicKey } = pair;

test("what one implementation signs the other verifies", () => {
  expect(isReady()).toBe(true);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (message) => {
      expect(sr25519Verify(message, sign(message, pair), publicKey)).toBe(true);
      expect(verify(message, { signature: sr25519Sign(message, pair), publicKey })).toBe(true);
    }),
    { numRuns: 20 },
  );
});

test("a signature with any bit changed is refused, as the other implementation refuses it", () => {
  const message = Uint8Array.of(1, 2, 3);
  const right = sign(message, pair);
  fc.assert(
    fc.property(fc.nat({ max: 511 }), (bit) => {
      const signature = right.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect([verify(message, { signature, publicKey }), slowly(message, signature)]).toEqual([false, false]);
    }),
    { numRuns: 50 },
  );
});

function slowly(message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return sr25519Verify(message, signature, publicKey);
  } catch {
    return false;
  }
}

test("nobody signs for the account that is not set", () => {
  const nobody = addressOf(new Uint8Array(32));
  const signature = `0x${"00".repeat(63)}80`;
  expect(verifySignature(Uint8Array.of(1), signature, nobody)).toBe(false);
});
