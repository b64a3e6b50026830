import { afterAll, expect, test } from "vitest";
import {
  type CandidateRow,
  currentLeaders,
  decideCandidate,
  endLeader,
  findCurrentLeader,
  listLeaders,
  replaceLeader,
  violatedConstraint,
} from "../index.ts";
import { testDatabase } from "../test.ts";
import { at, inside, someCandidate, someKey } from "../testing/rows.ts";

const { db, close } = await testDatabase();
afterAll(close);

async function approved(): Promise<CandidateRow> {
  const { id } = await someCandidate(db);
  const decision = { id, action: "approve", by: "Ada", keyId: "key_1", reason: null, at: at(20) } as const;
  const candidate = await inside(db, (trx) => decideCandidate(trx, decision));
  if (candidate === undefined) throw new Error("the candidate was not pending");
  return candidate;
}

function newLeader({ netuid, competitionId, id, submissionId, hotkey, coldkey }: CandidateRow) {
  const act = { approvedBy: "Ada", approvedAt: at(20), fromBlock: 30 };
  return { netuid, competitionId, candidateId: id, submissionId, hotkey, coldkey, ...act };
}

const lead = (values: ReturnType<typeof newLeader>) => inside(db, (trx) => replaceLeader(trx, values));

test("an approved candidate leads until another replaces it", async () => {
  const values = newLeader(await approved());
  const { competitionId } = values;
  const { leader } = await lead(values);
  const again = await lead({ ...values, approvedAt: at(40), fromBlock: 50 });
  expect(again.previous).toMatchObject({ id: leader.id, endReason: "replaced", endedAtBlock: 50 });
  expect(await findCurrentLeader(db, competitionId)).toEqual(again.leader);
  const { items, nextCursor } = await listLeaders(db, { competitionId, limit: 1 });
  expect(items).toMatchObject([{ endedAt: null }]);
  const rest = await listLeaders(db, { competitionId, limit: 1, cursor: nextCursor });
  expect(rest).toMatchObject({ items: [{ endReason: "replaced" }], nextCursor: null });
});

test("nobody leads who was not approved", async () => {
  const pending = newLeader(await someCandidate(db));
  const refusal = await lead(pending).catch((error: unknown) => violatedConstraint(error));
  expect(refusal).toBe("leader_is_approved");
});

test("nobody leads by the approval of another", async () => {
  const forged = { ...newLeader(await approved()), hotkey: someKey("hotkey") };
  const refusal = await lead(forged).catch((error: unknown) => violatedConstraint(error));
  expect(refusal).toBe("leader_is_approved");
});

test("a competition has one leader, however many are put there at once", async () => {
  const values = newLeader(await approved());
  const outcomes = await Promise.allSettled([lead(values), lead(values), lead(values)]);
  expect(outcomes.some(({ status }) => status === "fulfilled")).toBe(true);
  const current = (await currentLeaders(db, 1)).filter(
    ({ competitionId }) => competitionId === values.competitionId,
  );
  expect(current).toHaveLength(1);
});

test("an ended leadership leaves nobody in the lead", async () => {
  const values = newLeader(await approved());
  const { competitionId } = values;
  await lead(values);
  const end = { competitionId, endedAt: at(60), endedAtBlock: 70, endReason: "revoked" } as const;
  expect(await inside(db, (trx) => endLeader(trx, end))).toMatchObject({ endReason: "revoked" });
  expect(await inside(db, (trx) => endLeader(trx, end))).toBeUndefined();
  expect(await findCurrentLeader(db, competitionId)).toBeUndefined();
});
