import { expect, test } from "vitest";
import { z } from "zod";
import { refusalOf } from "../test/refusal.ts";
import { openStatement, signStatement } from "./statement.ts";
import { signingKey, verifySignature } from "./test/signing-key.ts";

const schema = z.object({ scheme: z.literal("assay-test-v1"), amount: z.int() });
const signer = signingKey();
const open = (signed: { body: string; signature: string }, address = signer.address) =>
  openStatement(signed, { address, schema, verify: verifySignature });
const signText = async (body: string) => ({
  body,
  signature: await signer.sign(new TextEncoder().encode(body)),
});

test("a statement opens to what was signed, and travels as its canonical text", async () => {
  const signed = await signStatement({ scheme: "assay-test-v1", amount: 5 }, signer);
  expect(signed.body).toBe('{"amount":5,"scheme":"assay-test-v1"}');
  expect(open(signed)).toEqual({ scheme: "assay-test-v1", amount: 5 });
});

test("a signer may take its time", async () => {
  const slow = { address: signer.address, sign: async (message: Uint8Array) => signer.sign(message) };
  expect(open(await signStatement({ scheme: "assay-test-v1", amount: 5 }, slow)).amount).toBe(5);
});

test("another signer, another text and another signature are refused", async () => {
  const signed = await signStatement({ scheme: "assay-test-v1", amount: 5 }, signer);
  const forged = { ...signed, body: signed.body.replace("5", "6") };
  expect(refusalOf(() => open(signed, signingKey().address))).toBe("CORE_BAD_SIGNATURE");
  expect(refusalOf(() => open(forged))).toBe("CORE_BAD_SIGNATURE");
  expect(refusalOf(() => open({ ...signed, signature: `0x${"00".repeat(64)}` }))).toBe("CORE_BAD_SIGNATURE");
});

test("a signature for one scheme never serves another", async () => {
  const signed = await signStatement({ scheme: "assay-other-v1", amount: 5 }, signer);
  expect(refusalOf(() => open(signed))).toBe("CORE_INVALID_DOCUMENT");
});

test("a signed text that is no JSON, of another shape or spelled otherwise is refused", async () => {
  const noJson = await signText("amount=5");
  const otherShape = await signText('{"amount":5.5,"scheme":"assay-test-v1"}');
  const spaced = await signText('{"amount": 5,"scheme":"assay-test-v1"}');
  const twice = await signText('{"amount":4,"amount":5,"scheme":"assay-test-v1"}');
  const otherNumber = await signText('{"amount":5.0,"scheme":"assay-test-v1"}');
  expect(refusalOf(() => open(noJson))).toBe("CORE_INVALID_DOCUMENT");
  expect(() => open(otherShape)).toThrow('path "amount"');
  for (const spelling of [spaced, twice, otherNumber])
    expect(refusalOf(() => open(spelling))).toBe("CORE_NOT_CANONICAL");
});

test("the signature is judged before the text is read", () => {
  expect(refusalOf(() => open({ body: "no JSON", signature: "0x00" }))).toBe("CORE_BAD_SIGNATURE");
});

test("a body that JSON cannot carry is never signed", async () => {
  const broken = signStatement({ scheme: "assay-test-v1", amount: Number.NaN }, signer);
  await expect(broken).rejects.toThrow("CORE_NOT_CANONICAL");
});
