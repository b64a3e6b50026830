import { afterAll, expect, test } from "vitest";
import {
  collectSubmissions,
  findCollectingCycle,
  getSubmission,
  insertSubmission,
  listSubmissions,
  listSubmissionsOfCycle,
  setSubmissionVerdict,
} from "../index.ts";
import { testDatabase } from "../test.ts";
import {
  FIGURES,
  inside,
  newSubmission,
  someCompetition,
  someCycle,
  someHash,
  someJobs,
  someKey,
  someSubmission,
} from "../testing/rows.ts";

const { db, close } = await testDatabase();
afterAll(close);

const send = (values: Parameters<typeof insertSubmission>[1]) =>
  inside(db, (trx) => insertSubmission(trx, values));

test("the same bytes from the same hotkey give the first submission again", async () => {
  const values = newSubmission(await someCompetition(db));
  const first = await send(values);
  const again = await send({ ...values, acceptedAtBlock: 99 });
  expect(first.outcome).toBe("accepted");
  expect(again).toEqual({ outcome: "repeated", submission: first.submission, replaced: undefined });
});

test("50 senders of one submission make one row", async () => {
  const values = newSubmission(await someCompetition(db));
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => send(values)));
  expect(outcomes.filter(({ outcome }) => outcome === "accepted")).toHaveLength(1);
  expect(outcomes.filter(({ outcome }) => outcome === "repeated")).toHaveLength(49);
  expect(new Set(outcomes.map(({ submission }) => submission.id)).size).toBe(1);
});

test("the same bytes from another hotkey are taken, in every competition of the subnet", async () => {
  const values = newSubmission(await someCompetition(db));
  const { submission } = await send(values);
  const copy = newSubmission(await someCompetition(db), { sha256: values.sha256 });
  expect(await send(copy)).toMatchObject({ outcome: "taken", submission: { id: submission.id } });
});

test("of two hotkeys that send the same bytes at once, one is first", async () => {
  const competitionId = await someCompetition(db);
  const sha256 = someHash();
  const copies = Array.from({ length: 10 }, () => newSubmission(competitionId, { sha256 }));
  const outcomes = (await Promise.all(copies.map(send))).map(({ outcome }) => outcome);
  expect(outcomes.filter((outcome) => outcome === "accepted")).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === "taken")).toHaveLength(9);
});

test("a newer submission of a coldkey replaces the one that waits", async () => {
  const competitionId = await someCompetition(db);
  const coldkey = someKey("coldkey");
  const older = await someSubmission(db, competitionId, { coldkey });
  const newer = await send(newSubmission(competitionId, { coldkey }));
  expect(newer).toMatchObject({ outcome: "accepted", replaced: { id: older.id, status: "unscored" } });
});

test("ten submissions of one coldkey at once leave one waiting", async () => {
  const competitionId = await someCompetition(db);
  const coldkey = someKey("coldkey");
  await Promise.all(Array.from({ length: 10 }, () => send(newSubmission(competitionId, { coldkey }))));
  const waiting = await listSubmissions(db, { netuid: 1, competitionId, status: "waiting", limit: 50 });
  expect(waiting.items).toHaveLength(1);
});

test("a closed cycle collects what waits, in order of acceptance, and nothing twice", async () => {
  const competitionId = await someCompetition(db);
  const { id: cycleId } = await someCycle(db, competitionId);
  const sent = [await someSubmission(db, competitionId), await someSubmission(db, competitionId)];
  const collect = () => inside(db, (trx) => collectSubmissions(trx, { competitionId, cycleId }));
  expect((await collect()).map(({ id }) => id)).toEqual(sent.map(({ id }) => id));
  expect(await collect()).toEqual([]);
  expect(await listSubmissionsOfCycle(db, cycleId)).toMatchObject([{ status: "evaluating" }, { cycleId }]);
  expect(await findCollectingCycle(db, competitionId)).toMatchObject({ id: cycleId });
});

test("a verdict is given once, and only to what is being evaluated", async () => {
  const { submission } = await someJobs(db, []);
  const verdict = {
    status: "below-bar",
    figures: FIGURES,
    failure: null,
    explanation: "0.01 short",
  } as const;
  const judge = (id: string) => inside(db, (trx) => setSubmissionVerdict(trx, { id, ...verdict }));
  expect(await judge(submission.id)).toMatchObject({ status: "below-bar", figures: FIGURES, failure: null });
  expect(await judge(submission.id)).toBeUndefined();
  const waiting = await someSubmission(db, await someCompetition(db));
  expect(await judge(waiting.id)).toBeUndefined();
});

test("lists newest first and page by page, without a gap or a repetition", async () => {
  const competitionId = await someCompetition(db);
  const sent: string[] = [];
  for (let count = 0; count < 5; count++) sent.push((await someSubmission(db, competitionId)).id);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await listSubmissions(db, { netuid: 1, competitionId, limit: 2, cursor });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toEqual(sent.reverse());
});

test("lists by hotkey", async () => {
  const competitionId = await someCompetition(db);
  const [mine] = [await someSubmission(db, competitionId), await someSubmission(db, competitionId)];
  const { items } = await listSubmissions(db, { netuid: 1, hotkey: mine.hotkey, limit: 10 });
  expect(items).toEqual([mine]);
});

test("an unknown submission is not found", async () => {
  await expect(getSubmission(db, "submission_x")).rejects.toMatchObject({
    code: "DB_NOT_FOUND",
    facts: { table: "submissions", id: "submission_x" },
  });
});
