import { createHash, randomUUID } from "node:crypto";
import { verifySignature } from "@assay/chain/wallet";
import { type Job, openStatement, type ResultBody, ResultReceiptBody } from "@assay/core";
import { listEquivocations, listResultsOfCycle } from "@assay/db";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createDesk, type Desk, refusalOf } from "../testing/desk.ts";
import { beat, enlist, evaluated, openCompetition, signedResult, submit } from "../testing/work.ts";
import { createWorld, hotkeyOf, NETUID, VALIDATORS, type World } from "../testing/world.ts";

let world: World;
let desk: Desk;
let job: Job;
let salt = 0;

beforeAll(async () => {
  world = await createWorld();
  desk = await createDesk(world);
  await enlist(desk, VALIDATORS);
});
afterAll(async () => {
  await desk.close();
  await world.close();
});

/** Every test has a competition and a job of its own, leased to Vera; what is left of others is given up. */
beforeEach(async () => {
  for (const name of VALIDATORS) await beat(desk, name);
  const { id: competitionId } = await openCompetition(desk);
  salt += 1;
  await submit(desk, { name: "Mia", competitionId, skill: { share: 0.8, salt: `result ${salt}` } });
  await desk.cycle(5);
  job = await claimIn(competitionId);
});

async function claimIn(competitionId: string): Promise<Job> {
  for (;;) {
    const claimed = await (await desk.signedBy("Vera")).jobs.claim();
    if (claimed === null) throw new Error("no job");
    if (claimed.competitionId === competitionId) return claimed;
  }
}

const vera = () => desk.signedBy("Vera");
const report = async (name: string, changed: Partial<ResultBody> = {}) =>
  (await desk.signedBy(name)).results.report(await evaluated(desk, { name: "Vera", job, changed }));

test("a job is what it takes to evaluate it, and nothing more", () => {
  expect(job).toMatchObject({ attempt: 1, evaluator: { task: "waypoint-navigation" } });
  expect(new Set(job.seeds).size).toBe(200);
});

test("a claim that is sent again under its key gets the same lease, another key another job", async () => {
  const { jobs } = await desk.signedBy("Viktor");
  const [key, other] = [randomUUID(), randomUUID()];
  const first = await jobs.claim({ key });
  world.clock.advance(1_000);
  const again = await jobs.claim({ key });
  expect(again).toMatchObject({ id: first?.id, attempt: first?.attempt, seeds: first?.seeds });
  expect(Date.parse(again?.leasedUntil ?? "")).toBe(Date.parse(first?.leasedUntil ?? "") + 1_000);
  expect((await jobs.claim({ key: other }))?.id).not.toBe(first?.id);
  expect((await refusalOf(jobs.claim({ key: "mine" })))?.code).toBe("API_INVALID_INPUT");
});

test("a result is stored once, however often and however concurrently it is sent", async () => {
  const signed = await evaluated(desk, { name: "Vera", job });
  const validator = await vera();
  const receipts = await Promise.all(Array.from({ length: 20 }, () => validator.results.report(signed)));
  world.clock.advance(1_000);
  receipts.push(await validator.results.report(signed));
  expect(new Set(receipts.map(({ receipt }) => receipt.body)).size).toBe(1);
  const rows = await listResultsOfCycle(world.db, job.cycleId);
  expect(rows.filter(({ jobId }) => jobId === job.id)).toMatchObject([{ body: signed.body, episodes: 200 }]);
});

test("a receipt is the backend's word over the result's hash, its job, its validator and the time", async () => {
  const signed = await evaluated(desk, { name: "Vera", job });
  const { receipt, ...plain } = await (await vera()).results.report(signed);
  const { address } = desk.backend.signing.current().signer;
  const open = (changed: object = {}) =>
    openStatement(
      { ...receipt, ...changed },
      { address, schema: ResultReceiptBody, verify: verifySignature },
    );
  expect(receipt.key).toBe(address);
  expect(open()).toEqual({
    scheme: "assay-result-receipt-v1",
    netuid: NETUID,
    cycleId: job.cycleId,
    submissionId: job.submissionId,
    validator: (await hotkeyOf("Vera")).address,
    ...plain,
  });
  expect(plain).toEqual({
    jobId: job.id,
    attempt: 1,
    sha256: createHash("sha256").update(signed.body).digest("hex"),
    acceptedAt: new Date(world.clock.now()).toISOString(),
  });
  const body = receipt.body.replace('"attempt":1', '"attempt":2');
  expect(() => open({ body })).toThrow(expect.objectContaining({ code: "CORE_BAD_SIGNATURE" }));
});

test("another result under the same attempt is refused, the first one stays, the other is kept as proof", async () => {
  const first = await report("Vera");
  const episodes = job.seeds.map(() => ({ success: true, reward: 1, steps: 1 }));
  const second = await signedResult({ name: "Vera", job, episodes });
  const refusal = await refusalOf((await vera()).results.report(second));
  expect(refusal).toMatchObject({ code: "API_RESULT_CONFLICT", facts: { recordedSha256: first.sha256 } });
  expect((await refusalOf((await vera()).results.report(second)))?.code).toBe("API_RESULT_CONFLICT");
  const kept = await listEquivocations(world.db, job.cycleId);
  expect(kept).toMatchObject([{ jobId: job.id, recordedSha256: first.sha256, ...second }]);
  const { items: acts } = await desk.as("admin").audit.list({ limit: 1 });
  expect(acts).toMatchObject([{ action: "result.equivocation", target: job.id }]);
});

test("what becomes of a result is counted", async () => {
  const { results } = desk.backend.metrics;
  results.reset();
  await report("Vera");
  await report("Vera");
  const other = await signedResult({ name: "Vera", job, episodes: [] });
  await refusalOf((await vera()).results.report(other));
  const counted = (await results.get()).values.map(({ labels, value }) => [labels.outcome, value]);
  expect(Object.fromEntries(counted)).toMatchObject({ accepted: 1, repeated: 1 });
});

test("a result for another validator's job is refused", async () => {
  const forged = await signedResult({ name: "Viktor", job, episodes: [] });
  const refusal = await refusalOf((await desk.signedBy("Viktor")).results.report(forged));
  expect(refusal?.code).toBe("API_JOB_NOT_YOURS");
});

test("a result signed by another hotkey than the request is refused", async () => {
  const refusal = await refusalOf(report("Viktor"));
  expect(refusal).toMatchObject({ code: "API_RESULT_REFUSED", facts: { field: "body" } });
});

test.each<[string, () => Promise<Partial<ResultBody>>]>([
  ["validator", async () => ({ validator: (await hotkeyOf("Viktor")).address })],
  ["cycleId", async () => ({ cycleId: "cycle_018f0000-0000-7000-8000-000000000000" })],
  ["submissionId", async () => ({ submissionId: "submission_018f0000-0000-7000-8000-000000000000" })],
  ["artefactSha256", async () => ({ artefactSha256: "0".repeat(64) })],
  ["evaluator", async () => ({ evaluator: { ...job.evaluator, codeHash: "0".repeat(64) } })],
  ["seedsHash", async () => ({ seedsHash: "0".repeat(64) })],
  ["episodes", async () => ({ episodes: [{ success: true, reward: 1, steps: 1 }] })],
])("a result with another %s than its job's is refused by that name", async (field, changed) => {
  const refusal = await refusalOf(report("Vera", await changed()));
  expect(refusal).toMatchObject({ code: "API_RESULT_REFUSED", facts: { field } });
});

test("an agent that failed as a whole has no episodes", async () => {
  const failure = { code: "EVALUATOR_AGENT_TIMEOUT", detail: "no answer" };
  const both = await refusalOf(report("Vera", { failure }));
  expect(both).toMatchObject({ code: "API_RESULT_REFUSED", facts: { field: "episodesAfterFailure" } });
  expect((await report("Vera", { failure, episodes: [] })).jobId).toBe(job.id);
});

test("a failure that no column can hold is refused, before it stops its whole cycle", async () => {
  const failure = { code: "EVALUATOR_AGENT_TRAP", detail: "unreachable\0" };
  const refusal = await refusalOf(report("Vera", { failure, episodes: [] }));
  expect(refusal).toMatchObject({ code: "API_RESULT_REFUSED", facts: { field: "failure" } });
});

test("a lease that ran out is somebody's next attempt, and the old one no longer counts", async () => {
  world.clock.advance(desk.backend.leaseMs + 1);
  const again = await claimIn(job.competitionId);
  expect([again.id, again.attempt]).toEqual([job.id, 2]);
  expect((await refusalOf(report("Vera")))?.code).toBe("API_LEASE_LOST");
  const stale = (await vera()).jobs.heartbeat({ id: job.id, attempt: 1 });
  expect((await refusalOf(stale))?.code).toBe("API_LEASE_LOST");
});

test("a heartbeat keeps a lease beyond its first end", async () => {
  world.clock.advance(desk.backend.leaseMs - 1);
  const { leasedUntil } = await (await vera()).jobs.heartbeat({ id: job.id, attempt: 1 });
  expect(Date.parse(leasedUntil)).toBe(world.clock.now() + desk.backend.leaseMs);
});

test("a job that is released is open again at once, without blame, and not for whoever does not hold it", async () => {
  const held = { id: job.id, attempt: job.attempt };
  const stranger = (await desk.signedBy("Viktor")).jobs.release(held);
  expect((await refusalOf(stranger))?.code).toBe("API_LEASE_LOST");
  expect(await (await vera()).jobs.release(held)).toEqual(held);
  expect((await refusalOf(report("Vera")))?.code).toBe("API_LEASE_LOST");
  expect((await refusalOf((await vera()).jobs.release(held)))?.code).toBe("API_LEASE_LOST");
  job = await claimIn(job.competitionId);
  expect(job).toMatchObject({ id: held.id, attempt: held.attempt + 1 });
  const failed = await (await vera()).jobs.fail({ id: job.id, attempt: job.attempt, reason: "no disk" });
  expect(failed.attemptsLeft).toBe(2);
});

test("a job its validator cannot run is offered again until the budget is spent, and never blamed on the agent", async () => {
  const outcomes = [];
  for (let attempt = job.attempt; attempt < 4; attempt += 1) {
    const failed = await (await vera()).jobs.fail({ id: job.id, attempt, reason: "no disk" });
    outcomes.push(failed.attemptsLeft);
    if (failed.willRetry) job = await claimIn(job.competitionId);
  }
  expect(outcomes).toEqual([2, 1, 0]);
  const submission = await desk.as("reviewer").submissions.get({ id: job.submissionId });
  expect(submission).toMatchObject({ status: "evaluating", failure: null });
});

test("an artefact is given only to a validator that was asked to run it", async () => {
  expect((await (await vera()).artefacts.get({ sha256: job.artefactSha256 })).sha256).toBe(
    job.artefactSha256,
  );
  const stranger = (await desk.signedBy("Mia")).artefacts.get({ sha256: job.artefactSha256 });
  expect((await refusalOf(stranger))?.code).toBe("API_NOT_FOUND");
});
