import { afterAll, expect, test } from "vitest";
import {
  countPending,
  decideCandidate,
  findCandidate,
  insertCandidate,
  listCandidates,
  listPendingCandidates,
  lockCandidate,
  markOverdue,
  requeueCandidate,
  supersedeCandidates,
  violatedConstraint,
} from "../index.ts";
import { testDatabase } from "../test.ts";
import { at, inside, newCandidate, someCandidate, someJobs } from "../testing/rows.ts";

const { db, close } = await testDatabase();
afterAll(close);

const by = { by: "Ada", keyId: "key_1", at: at(20) };
const decide = (id: string, action: "approve" | "reject" | "revoke", reason: string | null = "seen") =>
  inside(db, (trx) => decideCandidate(trx, { id, action, reason, ...by }));

test("a decision records who, why and when", async () => {
  const { id } = await someCandidate(db);
  expect(await decide(id, "reject", "copied")).toMatchObject({
    status: "rejected",
    decisionAction: "reject",
    decidedBy: "Ada",
    decidedKeyId: "key_1",
    decisionReason: "copied",
    decidedAt: at(20),
  });
});

test("of an approval and a rejection at once one wins", async () => {
  const { id } = await someCandidate(db);
  const decided = await Promise.all([decide(id, "approve"), decide(id, "reject"), decide(id, "approve")]);
  expect(decided.filter((candidate) => candidate !== undefined)).toHaveLength(1);
});

test("only what was approved can be revoked", async () => {
  const { id } = await someCandidate(db);
  expect(await decide(id, "revoke")).toBeUndefined();
  await decide(id, "approve", null);
  expect(await decide(id, "revoke", "copied")).toMatchObject({ status: "revoked", decisionReason: "copied" });
  expect(await decide(id, "approve")).toBeUndefined();
});

test("nobody decides about a candidate that does not exist", async () => {
  expect(await decide("candidate_x", "approve")).toBeUndefined();
  await expect(inside(db, (trx) => lockCandidate(trx, "candidate_x"))).rejects.toMatchObject({
    code: "DB_NOT_FOUND",
  });
});

test.each([
  ["a rejection without a reason", { action: "reject", reason: null }],
  ["a rejection whose reason is only spaces", { action: "reject", reason: "  " }],
] as const)("the table refuses %s", async (_name, { action, reason }) => {
  const { id } = await someCandidate(db);
  const refusal = await decide(id, action, reason).catch((error: unknown) => violatedConstraint(error));
  expect(refusal).toMatch(/^candidates_check/);
});

test("the table refuses an approval that nobody decided", async () => {
  const { id } = await someCandidate(db);
  const forged = db.updateTable("candidates").set({ status: "approved" }).where("id", "=", id).execute();
  await expect(forged.catch((error: unknown) => violatedConstraint(error))).resolves.toMatch(
    /^candidates_check/,
  );
});

test("a newer candidate of the coldkey supersedes the pending one", async () => {
  const older = await someCandidate(db);
  const { submission } = await someJobs(db, []);
  const { competitionId, coldkey } = older;
  const newer = await inside(db, (trx) =>
    insertCandidate(trx, newCandidate(submission, { competitionId, coldkey })),
  );
  expect(newer.status).toBe("pending");
  expect(await findCandidate(db, older.id)).toMatchObject({
    status: "superseded",
    supersededBecause: "newer-submission",
  });
  expect(await decide(older.id, "approve")).toBeUndefined();
});

test("two pending candidates of one coldkey are refused even when the code forgets", async () => {
  const { submission } = await someJobs(db, []);
  const first = await inside(db, (trx) => insertCandidate(trx, newCandidate(submission)));
  const { submission: other } = await someJobs(db, []);
  const forgotten = db
    .insertInto("candidates")
    .values({
      ...newCandidate(other, { competitionId: first.competitionId, coldkey: first.coldkey }),
      id: "candidate_second",
      status: "pending",
      figures: "{}",
      comparison: null,
      pendingSince: at(10),
    })
    .execute();
  await expect(forgotten.catch((error: unknown) => violatedConstraint(error))).resolves.toBe(
    "one_pending_candidate",
  );
});

test("ten candidates of one coldkey at once leave one pending", async () => {
  const { competitionId, coldkey } = await someCandidate(db);
  const cycles = await Promise.all(Array.from({ length: 10 }, () => someJobs(db, [])));
  await Promise.all(
    cycles.map(({ submission }) =>
      inside(db, (trx) => insertCandidate(trx, newCandidate(submission, { competitionId, coldkey }))),
    ),
  );
  expect(await listPendingCandidates(db, competitionId)).toHaveLength(1);
});

test("a bar that moved takes pending candidates out, and only it can bring them back", async () => {
  const { id, competitionId } = await someCandidate(db);
  const ids = [id];
  const move = () => inside(db, (trx) => supersedeCandidates(trx, { competitionId, ids }));
  const again = { id, comparison: null, contested: true, at: at(30) };
  const bringBack = () => inside(db, (trx) => requeueCandidate(trx, again));
  expect(await bringBack()).toBeUndefined();
  expect(await move()).toMatchObject([{ id, status: "superseded", supersededBecause: "bar-moved" }]);
  expect(await move()).toEqual([]);
  expect(await bringBack()).toMatchObject({
    id,
    status: "pending",
    supersededBecause: null,
    contested: true,
    pendingSince: at(30),
  });
});

test("a superseded candidate does not come back beside a newer pending one of its coldkey", async () => {
  const { id, competitionId, coldkey } = await someCandidate(db);
  await inside(db, (trx) => supersedeCandidates(trx, { competitionId, ids: [id] }));
  const { submission } = await someJobs(db, []);
  await inside(db, (trx) => insertCandidate(trx, newCandidate(submission, { competitionId, coldkey })));
  const again = { id, comparison: null, contested: false, at: at(30) };
  expect(await inside(db, (trx) => requeueCandidate(trx, again))).toBeUndefined();
  expect(await listPendingCandidates(db, competitionId)).toHaveLength(1);
});

test("who waits too long is told about once", async () => {
  const { id, netuid, pendingSince } = await someCandidate(db);
  const overdue = async (since: Date) =>
    (await inside(db, (trx) => markOverdue(trx, { netuid, since, at: at(99) }))).map((row) => row.id);
  expect(await overdue(new Date(pendingSince.getTime() - 1))).not.toContain(id);
  expect(await overdue(pendingSince)).toContain(id);
  expect(await overdue(pendingSince)).not.toContain(id);
});

test("counts who waits for a decision, and who for too long", async () => {
  const { id, netuid, pendingSince: since } = await someCandidate(db);
  const { pending, overdue } = await countPending(db, { netuid, since });
  const justBefore = new Date(since.getTime() - 1);
  expect((await countPending(db, { netuid, since: justBefore })).overdue).toBeLessThan(overdue);
  await decide(id, "reject");
  expect(await countPending(db, { netuid, since })).toEqual({ pending: pending - 1, overdue: overdue - 1 });
  expect(await countPending(db, { netuid: netuid + 1, since })).toEqual({ pending: 0, overdue: 0 });
});

test.each([Number.NaN, 1.000001, -0.1])("the table refuses a stake share of %d", async (stakeShare) => {
  const { submission } = await someJobs(db, []);
  const wrong = inside(db, (trx) => insertCandidate(trx, newCandidate(submission, { stakeShare })));
  await expect(wrong.catch((error: unknown) => violatedConstraint(error))).resolves.toBe(
    "candidates_stake_share_check",
  );
});

test("lists oldest first, by status, page by page", async () => {
  const first = await someCandidate(db);
  const { competitionId } = first;
  const { submission } = await someJobs(db, []);
  const second = await inside(db, (trx) => insertCandidate(trx, newCandidate(submission, { competitionId })));
  const filter = { netuid: 1, competitionId, limit: 1 };
  const page = await listCandidates(db, filter);
  expect(page).toMatchObject({ items: [{ id: first.id }], nextCursor: first.id });
  expect(await listCandidates(db, { ...filter, cursor: page.nextCursor })).toMatchObject({
    items: [{ id: second.id }],
    nextCursor: null,
  });
  await decide(first.id, "approve");
  expect((await listCandidates(db, { ...filter, status: "approved" })).items).toMatchObject([
    { id: first.id },
  ]);
});
