import { type BarComparison, Thresholds } from "@assay/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  closeCycle,
  collectSubmissions,
  compareAnew,
  decideCandidate,
  getCompetition,
  hasJobOn,
  insertSubmission,
  listThresholdsInForce,
  lockCompetition,
  pageCompetitions,
  returnSubmission,
  reviseThresholds,
} from "../index.ts";
import { type TestDatabase, testDatabase } from "../test.ts";
import {
  at,
  FIGURES,
  inside,
  newSubmission,
  someCandidate,
  someCompetition,
  someCycle,
  someJobs,
  someKey,
  someSubmission,
} from "../testing/rows.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** A submission whose cycle runs, so that it is being evaluated. */
async function evaluating() {
  const competitionId = await someCompetition(database.db);
  const { id } = await someCycle(database.db, competitionId);
  const submission = await someSubmission(database.db, competitionId);
  await inside(database.db, async (trx) => {
    const close = { id, closedAt: at(2), closedAtBlock: 3, randomness: "0x00", leaderSubmissionId: null };
    await closeCycle(trx, { ...close, roster: [] });
    await collectSubmissions(trx, { competitionId, cycleId: id });
  });
  return submission;
}

test("a submission that is returned waits again, without a cycle", async () => {
  const submission = await evaluating();
  const returned = await inside(database.db, (trx) => returnSubmission(trx, submission));
  expect(returned).toMatchObject({ id: submission.id, status: "waiting", cycleId: null });
});

test("a submission is not returned next to a newer one of its coldkey, nor if it was judged", async () => {
  const submission = await evaluating();
  const { competitionId, coldkey } = submission;
  await inside(database.db, (trx) => insertSubmission(trx, newSubmission(competitionId, { coldkey })));
  expect(await inside(database.db, (trx) => returnSubmission(trx, submission))).toBeUndefined();
  const waiting = await someSubmission(database.db, competitionId);
  expect(await inside(database.db, (trx) => returnSubmission(trx, waiting))).toBeUndefined();
});

test("only validators that were asked have a job on an artefact", async () => {
  const [asked, other] = [someKey("validator"), someKey("validator")];
  const { submission } = await someJobs(database.db, [asked]);
  const ask = (validator: string, netuid = 1) =>
    hasJobOn(database.db, { netuid, validator, sha256: submission.sha256 });
  expect([await ask(asked), await ask(other), await ask(asked, 2)]).toEqual([true, false, false]);
});

test("a pending candidate is held against a new leader, a decided one is not", async () => {
  const { id, submissionId } = await someCandidate(database.db);
  const comparison: BarComparison = {
    metric: "success-rate",
    leaderSubmissionId: submissionId,
    leaderFigures: FIGURES,
    difference: 0.1,
    differenceError: 0.01,
    bar: 0.05,
  };
  expect(
    await inside(database.db, (trx) => compareAnew(trx, { id, comparison, contested: false })),
  ).toMatchObject({
    comparison,
  });
  const decision = { id, action: "reject", by: "ada", keyId: "key_1", reason: "copied", at: at(5) } as const;
  await inside(database.db, (trx) => decideCandidate(trx, decision));
  expect(
    await inside(database.db, (trx) => compareAnew(trx, { id, comparison, contested: false })),
  ).toBeUndefined();
});

test("thresholds in force are read for many competitions at once", async () => {
  const [old, revised] = [await someCompetition(database.db), await someCompetition(database.db)];
  const thresholds = Thresholds.parse({ minEpisodes: 9 });
  const revision = { competitionId: revised, basedOn: 1, thresholds, createdAt: at(9) };
  await inside(database.db, (trx) => reviseThresholds(trx, revision));
  const found = await listThresholdsInForce(database.db, [old, revised]);
  expect(new Map(found.map((row) => [row.competitionId, row.minEpisodes]))).toEqual(
    new Map([
      [old, 200],
      [revised, 9],
    ]),
  );
  expect(await listThresholdsInForce(database.db, [])).toEqual([]);
});

test("competitions are paged oldest first", async () => {
  const made = [];
  for (let count = 0; count < 3; count += 1) made.push(await someCompetition(database.db, 9));
  const first = await pageCompetitions(database.db, { netuid: 9, limit: 2 });
  const second = await pageCompetitions(database.db, { netuid: 9, limit: 2, cursor: first.nextCursor });
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(made);
  expect(second.nextCursor).toBeNull();
});

test("whoever decides about a competition waits for whoever decides already", async () => {
  const id = await someCompetition(database.db);
  const order: string[] = [];
  const [locked, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const first = inside(database.db, async (trx) => {
    await lockCompetition(trx, id);
    order.push("first");
    locked.resolve();
    await release.promise;
    order.push("first leaves");
  });
  await locked.promise;
  const second = inside(database.db, async (trx) => {
    await lockCompetition(trx, id);
    order.push("second");
  });
  expect((await getCompetition(database.db, id)).id).toBe(id);
  release.resolve();
  await Promise.all([first, second]);
  expect(order).toEqual(["first", "first leaves", "second"]);
});
