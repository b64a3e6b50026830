import { verifySignature } from "@assay/chain/wallet";
import { deriveSeeds, openStatement, ReceiptBody, SnapshotBody, secretHash } from "@assay/core";
import { latestSnapshot } from "@assay/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scoringDuty } from "../duties/scoring.ts";
import { createDesk, type Desk } from "../testing/desk.ts";
import { beat, enlist, openCompetition, submit, workAll } from "../testing/work.ts";
import { createWorld, hotkeyOf, VALIDATORS, type World } from "../testing/world.ts";

let world: World;
let desk: Desk;
beforeAll(async () => {
  world = await createWorld();
  desk = await createDesk(world);
});
afterAll(async () => {
  await desk.close();
  await world.close();
});

async function workEverywhere(): Promise<void> {
  for (const name of VALIDATORS) await workAll(desk, name);
}

/** Works until the cycle is judged: whoever is near the bar runs on. */
async function workUntilJudged(competitionId: string): Promise<void> {
  for (;;) {
    await workEverywhere();
    await desk.cycle(1);
    const { items } = await desk.as("reviewer").cycles.list({ competitionId });
    if (items.every(({ status }) => status !== "running")) return;
  }
}

async function newestBody(): Promise<SnapshotBody> {
  const row = await latestSnapshot(world.db, desk.backend);
  return SnapshotBody.parse(JSON.parse(row?.body ?? ""));
}

test("from a submission to a signed snapshot that pays its approved leader, and on to the next leader", async () => {
  const admin = desk.as("admin");
  await desk.run(scoringDuty(desk.backend, { everySeconds: 300 }));
  const { id: competitionId } = await openCompetition(desk);
  await enlist(desk, VALIDATORS);

  const { submission, receipt } = await submit(desk, {
    name: "Mia",
    competitionId,
    skill: { share: 0.7, salt: "a" },
  });
  await submit(desk, { name: "Mo", competitionId, skill: { share: 0.1, salt: "b" } });
  const stated = openStatement(receipt, {
    address: receipt.key,
    schema: ReceiptBody,
    verify: verifySignature,
  });
  expect(stated).toMatchObject({ submissionId: submission.id, sha256: submission.sha256 });
  expect(receipt.key).toBe((await admin.system.info()).snapshotKey);

  await desk.cycle(5);
  expect(await admin.submissions.get({ id: submission.id })).toMatchObject({ status: "evaluating" });
  await workEverywhere();
  await desk.cycle(1);

  const { items: submissions } = await admin.submissions.list({ competitionId });
  expect(submissions.map(({ status }) => status)).toEqual(["ineligible", "candidate"]);
  const { items: pending } = await admin.candidates.list({ status: "pending" });
  expect(pending).toMatchObject([
    { submissionId: submission.id, validators: 2, stakeShare: 1, comparison: null },
  ]);
  expect(await newestBody()).toMatchObject({
    version: 1,
    instances: [{ vector: { policy: "burn", burn: 1e9 } }],
  });

  const approved = await admin.candidates.approve({ id: pending[0]?.id ?? "" });
  expect(approved.decision).toMatchObject({ action: "approve", by: "admin", reason: null });
  const [leader] = await admin.leaders.list();
  const { address: mia } = await hotkeyOf("Mia");
  expect(leader).toMatchObject({ competitionId, hotkey: mia, approvedBy: "admin" });
  expect(await newestBody()).toMatchObject({
    version: 2,
    instances: [{ vector: { policy: "leaders", entries: [{ hotkey: mia, share: 1e9 }], burn: 0 } }],
  });

  await submit(desk, { name: "Max", competitionId, skill: { share: 0.98, salt: "c" } });
  await submit(desk, { name: "Mo", competitionId, skill: { share: 0.71, salt: "d" } });
  for (const name of VALIDATORS) await beat(desk, name);
  await desk.cycle(10);
  await workUntilJudged(competitionId);
  const { items: challengers } = await admin.candidates.list({ status: "pending" });
  expect(challengers).toHaveLength(1);
  expect(challengers[0]?.comparison).toMatchObject({
    leaderSubmissionId: submission.id,
    metric: "success-rate",
  });
  await admin.candidates.approve({ id: challengers[0]?.id ?? "" });
  const { address: max } = await hotkeyOf("Max");
  expect((await admin.leaders.list()).map(({ hotkey }) => hotkey)).toEqual([max]);
  expect((await newestBody()).instances[0]?.vector.entries).toEqual([{ hotkey: max, share: 1e9 }]);
});

test("a cycle shows its secret and randomness only when it is done, and then anybody can derive its seeds", async () => {
  const { id: competitionId } = await openCompetition(desk);
  const anyone = desk.as("viewer");
  await submit(desk, { name: "Mia", competitionId, skill: { share: 0.6, salt: "seeds" } });
  for (const name of VALIDATORS) await beat(desk, name);
  const cycleNow = async () => (await anyone.cycles.list({ competitionId })).items.at(-1);
  const open = await cycleNow();
  expect(open).toMatchObject({ status: "collecting", secret: null, randomness: null });
  await desk.cycle(5);
  expect(await cycleNow()).toMatchObject({ status: "running", secret: null, randomness: null });
  const job = await (await desk.signedBy("Vera")).jobs.claim();
  world.clock.advance(desk.backend.leaseMs + 1);
  await workEverywhere();
  await desk.cycle(1);
  const done = await cycleNow();
  expect(done).toMatchObject({ status: "done", secretHash: await secretHash(done?.secret ?? "") });
  const [secret, randomness] = [done?.secret ?? "", done?.randomness ?? ""];
  expect(await world.chain.blockHash(done?.closedAtBlock ?? 0)).toBe(randomness);
  expect(await deriveSeeds({ secret, randomness, count: 200 })).toEqual(job?.seeds);
});
