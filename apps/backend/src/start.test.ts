import { verifySignature } from "@assay/chain/wallet";
import { type Client, createClient } from "@assay/client";
import { openSnapshot, seedsHash, signStatement } from "@assay/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunningBackend } from "./start.ts";
import { EVALUATOR } from "./testing/work.ts";
import { createWorld, hotkeyOf, NETUID, VALIDATORS, type World } from "./testing/world.ts";

let world: World;
let replicas: RunningBackend[];
let admin: Client;

beforeAll(async () => {
  world = await createWorld();
  replicas = [await world.launch(), await world.launch()];
  admin = createClient({ url: replicas[0]?.url ?? "", netuid: NETUID, apiKey: world.adminToken });
});
afterAll(() => world.close());

/** A participant that signs, and for a validator also has a key; each talks to a replica of its own. */
async function participant(name: string, { at, apiKey }: { at: number; apiKey?: string }): Promise<Client> {
  const url = replicas[at]?.url ?? "";
  const options = { url, netuid: NETUID, signer: await hotkeyOf(name), clock: world.clock };
  return createClient(apiKey === undefined ? options : { ...options, apiKey });
}

async function enlisted(name: string, at: number): Promise<Client> {
  const { address: hotkey } = await hotkeyOf(name);
  const { token } = await admin.keys.create({ name, role: "validator", hotkey });
  const validator = await participant(name, { at, apiKey: token });
  await validator.validators.heartbeat({
    softwareVersion: "0.1.0",
    duties: ["weights", "evaluate"],
    snapshotVersion: null,
    lastSet: null,
  });
  return validator;
}

/** Makes blocks until something is so. */
async function blocksUntil<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  let seen: Value | undefined;
  await expect
    .poll(
      async () => {
        await world.devnet.newBlock(1);
        seen = await look();
        return seen;
      },
      { timeout: 50_000, interval: 50 },
    )
    .toBeDefined();
  if (seen === undefined) throw new Error("never so");
  return seen;
}

/** Evaluates whatever there is to do; every agent always succeeds. */
async function work(validator: Client, name: string): Promise<void> {
  for (;;) {
    const job = await validator.jobs.claim();
    if (job === null) return;
    await validator.fetchAgent(job.artefactSha256);
    const signer = await hotkeyOf(name);
    const body = {
      scheme: "assay-result-v1",
      jobId: job.id,
      cycleId: job.cycleId,
      submissionId: job.submissionId,
      validator: signer.address,
      attempt: job.attempt,
      artefactSha256: job.artefactSha256,
      evaluator: job.evaluator,
      seedsHash: await seedsHash(job.seeds),
      episodes: job.seeds.map(() => ({ success: true, reward: 1, steps: 1 })),
      failure: null,
    };
    await validator.results.report(await signStatement(body, signer));
  }
}

test("two replicas carry one submission to a snapshot that every validator can verify", async () => {
  const validators = await Promise.all(VALIDATORS.map((name, at) => enlisted(name, at)));
  const leaving = new AbortController();
  const feeds = validators.map((validator) => validator.snapshots.subscribe({ signal: leaving.signal }));
  for (const feed of feeds) expect((await feed.next()).value).toMatchObject({ version: 1 });

  const { id } = await admin.competitions.create({
    name: "navigation",
    task: EVALUATOR.task,
    evaluator: EVALUATOR,
    cycleBlocks: 10,
    thresholds: { minEpisodes: 20 },
  });
  const miner = await participant("Mia", { at: 1 });
  const agent = Uint8Array.of(0, 97, 115, 109);
  const { snapshotKey: backendKey } = await miner.system.info();
  const { submission } = await miner.submitAgent(agent, id, { verify: verifySignature, backendKey });
  await blocksUntil(async () => {
    const { status } = await miner.submissions.get({ id: submission.id });
    return status === "evaluating" ? status : undefined;
  });
  await Promise.all(validators.map((validator, index) => work(validator, VALIDATORS[index] ?? "")));
  const candidate = await blocksUntil(
    async () => (await admin.candidates.list({ competitionId: id, status: "pending" })).items[0],
  );
  await admin.candidates.approve({ id: candidate.id, reason: "it always arrives" });

  const { address: ownerHotkey } = await hotkeyOf("Owner");
  const { block } = await world.chain.finalisedHead();
  for (const feed of feeds) {
    const { value: signed } = await feed.next();
    if (signed === undefined) throw new Error("no snapshot");
    const check = { verify: verifySignature, ownerHotkey, genesis: world.chain.genesisHash, block };
    const body = await openSnapshot({ signed, netuid: NETUID, mechid: 0, ...check });
    expect(body.version).toBe(2);
    expect(body.instances[0]?.vector.entries).toEqual([{ hotkey: submission.hotkey, share: 1e9 }]);
    expect(body.instances[0]?.decisions).toEqual([candidate.id]);
  }
  expect((await admin.validators.list()).map(({ hotkey }) => hotkey)).toHaveLength(2);
  leaving.abort();
});
