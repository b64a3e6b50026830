import fc from "fast-check";
import { expect, test } from "vitest";
import { signerFromUri } from "./secret-uri.ts";
import { verifySignature } from "./verify.ts";

const alice = await signerFromUri("//Alice");
const bob = await signerFromUri("//Bob");
const message = new TextEncoder().encode("assay-v1\nsubmissions.create");
const signature = await alice.sign(message);

test("a signature of the raw message verifies", () => {
  expect(verifySignature(message, signature, alice.address)).toBe(true);
});

test("a signature of the message wrapped in <Bytes> verifies, as browser wallets make it", async () => {
  const wrapped = new TextEncoder().encode(`<Bytes>${new TextDecoder().decode(message)}</Bytes>`);
  expect(verifySignature(message, await alice.sign(wrapped), alice.address)).toBe(true);
});

test("another key, message or signature does not verify", () => {
  const changed = signature.replace(/.$/, (digit) => (digit === "0" ? "1" : "0"));
  expect(verifySignature(message, signature, bob.address)).toBe(false);
  expect(verifySignature(message.slice(1), signature, alice.address)).toBe(false);
  expect(verifySignature(message, changed, alice.address)).toBe(false);
});

test("anything malformed is false and throws nothing", () => {
  const anyAddress = fc.oneof(fc.string(), fc.constant(alice.address));
  const anySignature = fc.oneof(
    fc.string(),
    fc.constant(signature.slice(0, -2)),
    fc.constant(`${signature}00`),
  );
  fc.assert(
    fc.property(fc.uint8Array(), anySignature, anyAddress, (bytes, text, address) => {
      expect(verifySignature(bytes, text, address)).toBe(false);
    }),
  );
});

test("a signature over random bytes is false, not an error", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), (bytes) => {
      expect(verifySignature(message, `0x${Buffer.from(bytes).toString("hex")}`, alice.address)).toBe(false);
    }),
    { numRuns: 20 },
  );
});
