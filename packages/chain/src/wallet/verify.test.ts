import { ed25519PairFromString, ed25519Sign, encodeAddress } from "@polkadot/util-crypto";
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

const bytes = Buffer.from(signature.slice(2), "hex");
const hexOf = (...parts: Uint8Array[]) => `0x${Buffer.concat(parts).toString("hex")}`;
/** 32 bytes, little-endian, with the mark in the last bit that an sr25519 signature carries. */
function marked(value: bigint): Buffer {
  const digits = value.toString(16).padStart(64, "0");
  const scalar = Buffer.from(digits, "hex").reverse();
  scalar[31] = (scalar[31] ?? 0) | 0x80;
  return scalar;
}

test("a key that is the identity signs nothing, although everybody could sign for it", () => {
  const identity = encodeAddress(new Uint8Array(32), 42);
  const basePoint = Buffer.from("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76", "hex");
  expect(verifySignature(message, hexOf(basePoint, marked(1n)), identity)).toBe(false);
  expect(verifySignature(message, hexOf(new Uint8Array(32), marked(0n)), identity)).toBe(false);
});

test("another spelling of the same signature is none", () => {
  const order = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;
  const scalar = Buffer.from(bytes.subarray(32));
  scalar[31] = (scalar[31] ?? 0) & 0x7f;
  const value = BigInt(`0x${Buffer.from(scalar).reverse().toString("hex")}`);
  expect(verifySignature(message, hexOf(bytes.subarray(0, 32), marked(value)), alice.address)).toBe(true);
  expect(verifySignature(message, hexOf(bytes.subarray(0, 32), marked(value + order)), alice.address)).toBe(
    false,
  );
  expect(verifySignature(message, hexOf(bytes.subarray(0, 32), scalar), alice.address)).toBe(false);
});

test("a signature of another scheme, or of a message wrapped twice, is none", async () => {
  const pair = ed25519PairFromString("somebody");
  const byOther = hexOf(ed25519Sign(message, pair));
  expect(verifySignature(message, byOther, encodeAddress(pair.publicKey, 42))).toBe(false);
  const wrapped = Buffer.concat([Buffer.from("<Bytes><Bytes>"), message, Buffer.from("</Bytes></Bytes>")]);
  expect(verifySignature(message, await alice.sign(wrapped), alice.address)).toBe(false);
});
