import { createServer } from "node:http";
import { type ResultBody, sha256Hex, signStatement } from "@assay/core";
import { afterAll, afterEach, expect, test } from "vitest";
import { createClient } from "./client.ts";
import { listen, NETUID, startBackend } from "./testing/backend.ts";
import { COMPETITION } from "./testing/records.ts";
import { ALICE, BOB, markingSigner, verifyMark } from "./testing/signer.ts";

const UUID = COMPETITION.slice(COMPETITION.indexOf("_"));
const HASH = "ab".repeat(32);
const RESULT: ResultBody = {
  scheme: "assay-result-v1",
  jobId: `job${UUID}`,
  cycleId: `cycle${UUID}`,
  submissionId: `submission${UUID}`,
  validator: ALICE,
  attempt: 2,
  artefactSha256: HASH,
  evaluator: { task: "waypoint-navigation", version: "1", configHash: HASH, codeHash: HASH },
  seedsHash: HASH,
  episodes: [{ success: true, reward: 1, steps: 3 }],
  failure: null,
};
const acceptedAt = "2026-11-20T10:00:00.000Z";
let lie: object = {};
let change = (body: string) => body;
afterEach(() => {
  lie = {};
  change = (body) => body;
});

const backend = await startBackend({
  results: {
    report: async (_ctx, { body }) => {
      const { jobId, cycleId, submissionId, validator, attempt } = RESULT;
      const about = { jobId, cycleId, submissionId, validator, attempt, sha256: await sha256Hex(body) };
      const said = { scheme: "assay-result-receipt-v1", netuid: NETUID, ...about, acceptedAt, ...lie };
      const signed = await signStatement(said, markingSigner(BOB));
      const receipt = { ...signed, body: change(signed.body), key: BOB };
      return { jobId, attempt, sha256: about.sha256, acceptedAt, receipt };
    },
  },
});
afterAll(() => backend.close());

const client = createClient({ url: backend.url, netuid: NETUID, signer: markingSigner() });
const signed = await signStatement(RESULT, markingSigner());
const report = (backendKey = BOB) => client.reportResult(signed, { verify: verifyMark, backendKey });

test("a result is answered with the backend's word over its hash, job, validator and time", async () => {
  const { receipt } = await report();
  const sha256 = await sha256Hex(signed.body);
  expect(JSON.parse(receipt.body)).toMatchObject({
    sha256,
    jobId: RESULT.jobId,
    validator: ALICE,
    acceptedAt,
  });
});

test.each([
  ["sha256", { sha256: "0".repeat(64) }],
  ["validator", { validator: BOB }],
  ["jobId", { jobId: `job${UUID.slice(0, -1)}f` }],
  ["cycleId", { cycleId: `cycle${UUID.slice(0, -1)}f` }],
  ["submissionId", { submissionId: `submission${UUID.slice(0, -1)}f` }],
  ["attempt", { attempt: 1 }],
  ["netuid", { netuid: 8 }],
  ["signature", { scheme: "assay-receipt-v1" }],
])("a receipt with another %s is refused", async (field, wrong) => {
  lie = wrong;
  await expect(report()).rejects.toMatchObject({ code: "CLIENT_BAD_RECEIPT", facts: { field } });
});

test("a receipt that was changed after it was signed is refused", async () => {
  change = (body) => body.replace("10:00", "11:00");
  await expect(report()).rejects.toMatchObject({
    code: "CLIENT_BAD_RECEIPT",
    facts: { field: "signature" },
    cause: { code: "CORE_BAD_SIGNATURE" },
  });
});

test("a receipt of another key than the backend's is refused", async () => {
  await expect(report(ALICE)).rejects.toMatchObject({ code: "CLIENT_BAD_RECEIPT", facts: { field: "key" } });
});

test("an answer without a receipt, as of an older backend, is none", async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ result: { data: { jobId: RESULT.jobId, attempt: 2 } } }));
  });
  const port = await listen(server);
  const old = createClient({ url: `http://127.0.0.1:${port}`, netuid: NETUID, signer: markingSigner() });
  const answer = old.reportResult(signed, { verify: verifyMark });
  await expect(answer).rejects.toMatchObject({ code: "CLIENT_BAD_RECEIPT", facts: { field: "receipt" } });
  server.close();
});

test("without a verifier a receipt is returned unread", async () => {
  lie = { attempt: 7 };
  expect((await client.reportResult(signed)).attempt).toBe(2);
});
