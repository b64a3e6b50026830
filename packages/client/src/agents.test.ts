import { signStatement } from "@assay/core";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { fromBase64, toBase64 } from "./base64.ts";
import { createClient } from "./client.ts";
import { NETUID, startBackend } from "./testing/backend.ts";
import { COMPETITION, submission } from "./testing/records.ts";
import { ALICE, BOB, markingSigner, verifyMark } from "./testing/signer.ts";

const AGENT = Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0]);
const BACKEND_KEY = ALICE;
let lie: object = {};
let forged: string | undefined;

const backend = await startBackend({
  submissions: {
    create: async ({ caller }, { competitionId, sha256 }) => {
      const accepted = submission(sha256);
      const body = {
        scheme: "assay-receipt-v1",
        netuid: NETUID,
        submissionId: accepted.id,
        competitionId,
        hotkey: caller.hotkey,
        sha256,
        acceptedAtBlock: 10,
        sequence: 1,
        acceptedAt: accepted.acceptedAt,
        ...lie,
      };
      const signed = await signStatement(body, markingSigner(BACKEND_KEY));
      return {
        submission: accepted,
        receipt: { ...signed, key: BACKEND_KEY, signature: forged ?? signed.signature },
      };
    },
  },
  artefacts: { get: async (_ctx, { sha256 }) => ({ sha256, artefact: toBase64(AGENT) }) },
});
afterAll(() => backend.close());

const client = createClient({ url: backend.url, netuid: NETUID, signer: markingSigner() });
const submit = (backendKey = BACKEND_KEY) =>
  client.submitAgent(AGENT, COMPETITION, { verify: verifyMark, backendKey });
const SHA256 = "93a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476";

test("an agent is sent with its hash, and the receipt is the backend's", async () => {
  const { submission: accepted, receipt } = await submit();
  expect(accepted.sha256).toBe(SHA256);
  expect(JSON.parse(receipt.body)).toMatchObject({ sha256: SHA256, hotkey: ALICE });
});

test.each([
  ["sha256", { sha256: "0".repeat(64) }],
  ["hotkey", { hotkey: BOB }],
  ["netuid", { netuid: 8 }],
  ["competitionId", { competitionId: "competition_019329a4-5c00-7000-8000-0000000000ff" }],
])("a receipt for another %s is refused", async (field, wrong) => {
  lie = wrong;
  await expect(submit()).rejects.toMatchObject({ code: "CLIENT_BAD_RECEIPT", facts: { field } });
  lie = {};
});

test("a receipt with a forged signature is refused", async () => {
  forged = `0x${"0".repeat(128)}`;
  await expect(submit()).rejects.toMatchObject({
    code: "CLIENT_BAD_RECEIPT",
    facts: { field: "signature" },
    cause: { code: "CORE_BAD_SIGNATURE" },
  });
  forged = undefined;
});

test("a receipt of another key than the backend's is refused", async () => {
  await expect(submit(BOB)).rejects.toMatchObject({ code: "CLIENT_BAD_RECEIPT", facts: { field: "key" } });
});

test("without a verifier a receipt is returned unread", async () => {
  lie = { hotkey: BOB };
  const { receipt } = await client.submitAgent(AGENT, COMPETITION);
  expect(JSON.parse(receipt.body)).toMatchObject({ hotkey: BOB });
  lie = {};
});

test("the bytes of an agent are what their hash says", async () => {
  expect(await client.fetchAgent(SHA256)).toEqual(AGENT);
  await expect(client.fetchAgent("0".repeat(64))).rejects.toMatchObject({
    code: "CLIENT_ARTEFACT_MISMATCH",
    facts: { actual: SHA256 },
  });
});

test("base64 is that of everybody else, there and back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    }),
  );
});

test("base64 holds the largest agent", () => {
  const largest = new Uint8Array(1_048_576).fill(255);
  expect(Buffer.compare(fromBase64(toBase64(largest)), largest)).toBe(0);
});
