import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import {
  AUDIT_ROOT,
  type AuditAct,
  appendAudit,
  findAuditHead,
  listAudit,
  verifyAuditChain,
} from "../index.ts";
import { testDatabase } from "../test.ts";
import { at, inside } from "../testing/rows.ts";

const { db, close } = await testDatabase();
afterAll(close);

function act(netuid: number, changes: Partial<AuditAct> = {}): AuditAct {
  const what = { actor: "key_1", action: "candidate.approve", target: "candidate_1", reason: null };
  return { netuid, at: at(0), ...what, facts: { block: 7 }, ...changes };
}

const append = (entry: AuditAct) => inside(db, (trx) => appendAudit(trx, entry));

/** What only the owner of the database could do: the triggers are off for one transaction. */
async function tamper(statement: ReturnType<typeof sql>): Promise<void> {
  await inside(db, async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await statement.execute(trx);
  });
}

test("each act is chained to the one before on the same subnet", async () => {
  const first = await append(act(1));
  const second = await append(act(1, { reason: "copied", facts: { é: [1.5, null, { b: 1, a: true }] } }));
  expect(first).toMatchObject({ sequence: 1, previousHash: AUDIT_ROOT });
  expect(second).toMatchObject({ sequence: 2, previousHash: first.hash });
  expect(await append(act(2))).toMatchObject({ sequence: 1, previousHash: AUDIT_ROOT });
  expect(await verifyAuditChain(db, 1)).toEqual({ rows: 2, head: second.hash, brokenAt: null });
  expect(await findAuditHead(db, 1)).toEqual({ sequence: 2, hash: second.hash });
});

test("concurrent acts make one chain", async () => {
  await Promise.all(Array.from({ length: 20 }, () => append(act(3))));
  expect(await verifyAuditChain(db, 3)).toMatchObject({ rows: 20, brokenAt: null });
});

test("a log without acts has come to its root", async () => {
  expect(await findAuditHead(db, 9)).toEqual({ sequence: 0, hash: AUDIT_ROOT });
});

test("an act whose effect fails leaves no row", async () => {
  const failing = inside(db, async (trx) => {
    await appendAudit(trx, act(4));
    throw new Error("no effect");
  });
  await expect(failing).rejects.toThrow("no effect");
  expect(await verifyAuditChain(db, 4)).toMatchObject({ rows: 0, head: AUDIT_ROOT });
});

test("the log can be neither changed nor shortened", async () => {
  await append(act(5));
  for (const attempt of [
    sql`update audit_log set actor = 'nobody' where netuid = 5`,
    sql`delete from audit_log where netuid = 5`,
    sql`truncate audit_log`,
  ])
    await expect(attempt.execute(db)).rejects.toThrow(/append-only/);
  expect(await verifyAuditChain(db, 5)).toMatchObject({ rows: 1, brokenAt: null });
});

test.each([
  [20, "a changed actor", sql`update audit_log set actor = 'x' where netuid = 20 and sequence = 2`],
  [21, "a changed fact", sql`update audit_log set facts = '{"block": 8}' where netuid = 21 and sequence = 2`],
  [22, "a removed row", sql`delete from audit_log where netuid = 22 and sequence = 2`],
  [
    23,
    "a row forged with a hash of its own",
    sql`update audit_log set hash = repeat('a', 64) where netuid = 23 and sequence = 2`,
  ],
])("on subnet %d %s is found and its row named", async (netuid, _name, statement) => {
  for (let count = 0; count < 3; count++) await append(act(netuid));
  await tamper(statement);
  expect(await verifyAuditChain(db, netuid)).toMatchObject({ brokenAt: 2 });
});

test("a cut end shows in the head", async () => {
  for (let count = 0; count < 3; count++) await append(act(24));
  const before = await verifyAuditChain(db, 24);
  await tamper(sql`delete from audit_log where netuid = 24 and sequence = 3`);
  const after = await verifyAuditChain(db, 24);
  expect(after).toMatchObject({ rows: 2, brokenAt: null });
  expect(after.head).not.toBe(before.head);
});

test("lists newest first, by action and target, page by page", async () => {
  for (const target of ["a", "b", "a"]) await append(act(30, { target }));
  const page = await listAudit(db, { netuid: 30, limit: 2 });
  expect(page.items.map(({ sequence }) => sequence)).toEqual([3, 2]);
  const rest = await listAudit(db, { netuid: 30, limit: 2, cursor: page.nextCursor });
  expect(rest).toMatchObject({ items: [{ sequence: 1 }], nextCursor: null });
  const about = await listAudit(db, { netuid: 30, target: "a", action: "candidate.approve", limit: 9 });
  expect(about.items.map(({ sequence }) => sequence)).toEqual([3, 1]);
});
