import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { planIntent, recordConfirmed, recordIncluded, recordSigned } from "../store/intents.ts";
import { createTables } from "../store/schema.ts";
import { anIntentPlan, IDENTITY } from "../testing/journal-rows.ts";
import { createVitals, noteHead, type Vitals } from "../vitals.ts";
import { type MetricsServer, startMetricsServer } from "./server.ts";

let now: number;
let db: DatabaseSync;
let vitals: Vitals;
let server: MetricsServer;
beforeEach(async () => {
  now = 0;
  db = new DatabaseSync(":memory:");
  createTables(db, IDENTITY);
  vitals = createVitals({ now: () => now });
  const who = { ...IDENTITY, netuid: 1, mechid: 0, duties: ["weights"] };
  server = await startMetricsServer({ db, vitals, storageIndex: 2, who }, { host: "127.0.0.1", port: 0 });
});
afterEach(() => server.close());

const get = (path: string, method = "GET") => fetch(`http://127.0.0.1:${server.port}${path}`, { method });

function confirmWeights(): void {
  const signed = { hash: "0x01", hex: "0x02", nonce: 0, eraEnd: 60, fromBlock: 30 };
  const inBlock = recordIncluded(db, recordSigned(db, planIntent(db, anIntentPlan()), signed), {
    block: 33,
    hash: "0x33",
    epochIndex: 1,
  });
  recordConfirmed(db, inBlock, { block: 34 });
}

test("it is healthy while blocks arrive, and says why weights are held", async () => {
  expect((await get("/health")).status).toBe(503);
  noteHead(vitals, { block: 50, hash: "0x" });
  vitals.hold = { kind: "hold", code: "VALIDATOR_PAUSED", reason: "asked" };
  const healthy = await get("/health");
  expect(healthy.status).toBe(200);
  expect(await healthy.json()).toMatchObject({
    healthy: true,
    block: 50,
    hold: { code: "VALIDATOR_PAUSED" },
  });
  now = 120_000;
  expect((await get("/health")).status).toBe(503);
});

test("metrics follow the journal and the head", async () => {
  noteHead(vitals, { block: 50, hash: "0x" });
  confirmWeights();
  now = 7_000;
  const text = await (await get("/metrics")).text();
  expect(text).toMatch(/^assay_validator_last_set_block 33$/m);
  expect(text).toMatch(/^assay_validator_since_last_set_blocks 17$/m);
  expect(text).toMatch(/^assay_validator_journal_intents\{state="confirmed"\} 1$/m);
  expect(text).toMatch(/^assay_validator_head_age_seconds 7$/m);
  expect(text).toMatch(/^assay_validator_chain_up 1$/m);
});

test("nothing else is answered", async () => {
  expect((await get("/metrics", "POST")).status).toBe(405);
  expect((await get("/")).status).toBe(404);
});
