import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signerFromUri, verifySignature } from "@assay/chain/wallet";
import { openStatement, ReceiptBody, type Signer, type Submission } from "@assay/core";
import { pino } from "pino";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { buildAgent } from "./agents/build-agent.ts";
import type { Settings } from "./env.ts";
import { enter } from "./run.ts";
import { aCompetition, registryWith, type Script } from "./testing/registry.ts";

let miner: Signer;
let backend: Signer;
let home: string;

beforeAll(async () => {
  miner = await signerFromUri("//Miner");
  backend = await signerFromUri("//Backend");
});
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "assay-miner-"));
});
afterEach(() => rm(home, { recursive: true }));

type Chosen = Pick<Settings, "competition" | "try" | "watch">;
const SETTINGS: Chosen = { competition: null, try: false, watch: false };

async function entering(script: Script = {}, about: Partial<Chosen> & { artefact?: Uint8Array } = {}) {
  const { registry, submitted } = registryWith({ miner, backend }, script);
  const printed: unknown[] = [];
  const { artefact = buildAgent("careful"), ...settings } = about;
  const entry = {
    settings: { ...SETTINGS, home, ...settings },
    artefact,
    log: pino({ level: "silent" }),
    signal: new AbortController().signal,
    print: (result: object) => void printed.push(result),
  };
  await enter(registry, entry);
  return { submitted, printed };
}

test("an agent is submitted and its receipt kept", async () => {
  const { submitted, printed } = await entering();
  expect(submitted.map(({ artefact }) => artefact)).toEqual([buildAgent("careful")]);
  const [result] = printed as { event: string; receiptFile: string; submission: Submission }[];
  expect(result).toMatchObject({ event: "submitted", submission: { status: "waiting" } });
  const kept = JSON.parse(await readFile(result?.receiptFile ?? "", "utf8"));
  const body = openStatement(kept, {
    address: backend.address,
    schema: ReceiptBody,
    verify: verifySignature,
  });
  expect(body).toMatchObject({ sha256: result?.submission.sha256, submissionId: result?.submission.id });
});

test("without a choice the only open competition is meant", async () => {
  const ended = aCompetition({ status: "ended", id: "competition_01900000-0000-7000-8000-000000000001" });
  const { submitted } = await entering({ competitions: [ended, aCompetition()] });
  expect(submitted[0]?.competitionId).toBe(aCompetition().id);
  await expect(entering({ competitions: [ended] })).rejects.toMatchObject({ code: "MINER_NO_COMPETITION" });
  const other = aCompetition({ id: "competition_01900000-0000-7000-8000-000000000002", name: "other" });
  await expect(entering({ competitions: [other, aCompetition()] })).rejects.toThrow(
    /choose one with --competition/,
  );
});

test("a chosen competition is asked for by its id", async () => {
  const competition = "competition_01900000-0000-7000-8000-000000000009";
  const { submitted } = await entering({ competitions: [] }, { competition });
  expect(submitted[0]?.competitionId).toBe(competition);
});

test("a trial tells the figures before anything is submitted", async () => {
  const { printed } = await entering({}, { try: true });
  const [{ trial }] = printed as [{ trial: { episodes: number; successRate: number } }];
  expect(trial.episodes).toBe(50);
  expect(trial.successRate).toBeGreaterThan(0.5);
}, 60_000);

test("an agent that fails in its trial is not submitted", async () => {
  const { registry, submitted } = registryWith({ miner, backend });
  const signal = new AbortController().signal;
  const settings = { ...SETTINGS, home, try: true };
  const artefact = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
  const entry = { settings, artefact, log: pino({ level: "silent" }), signal };
  const attempt = enter(registry, { ...entry, print: () => undefined });
  await expect(attempt).rejects.toMatchObject({ code: "MINER_AGENT_FAILED" });
  expect(submitted).toEqual([]);
});
