import { canonicalJson, type Json, type Page, sha256Hex } from "@assay/core";
import type { Db, Trx } from "../connect.ts";
import type { AuditRow } from "../schema.ts";
import { lockSubject } from "./lock.ts";
import { type PageOf, toPage } from "./page.ts";

export type AuditAct = {
  netuid: number;
  at: Date;
  /** Key id, hotkey, or the name of a duty. */
  actor: string;
  action: string;
  target: string;
  reason: string | null;
  facts: { [name: string]: Json };
};

/** What the first row of a chain has before it. */
export const AUDIT_ROOT = "0".repeat(64);

/** Records an act in the transaction of its effect, chained by hash to the act before on the same subnet. */
export async function appendAudit(trx: Trx, act: AuditAct): Promise<AuditRow> {
  await lockSubject(trx, `audit/${act.netuid}`);
  const last = await newest(trx, act.netuid);
  const link = { sequence: (last?.sequence ?? 0) + 1, previousHash: last?.hash ?? AUDIT_ROOT };
  const hash = await auditHash({ ...act, ...link });
  return trx
    .insertInto("auditLog")
    .values({ ...act, ...link, hash, facts: canonicalJson(act.facts) })
    .returningAll()
    .executeTakeFirstOrThrow();
}

function newest(trx: Trx, netuid: number): Promise<Pick<AuditRow, "sequence" | "hash"> | undefined> {
  return trx
    .selectFrom("auditLog")
    .select(["sequence", "hash"])
    .where("netuid", "=", netuid)
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** SHA-256 of the canonical JSON of a row's content, the hash of the row before included. */
export function auditHash(row: Omit<AuditRow, "hash">): Promise<string> {
  const { netuid, sequence, at, actor, action, target, reason, facts, previousHash } = row;
  const content = {
    netuid,
    sequence,
    at: at.toISOString(),
    actor,
    action,
    target,
    reason,
    facts,
    previousHash,
  };
  return sha256Hex(canonicalJson(content));
}

export type AuditFilter = PageOf & {
  netuid: number;
  actor?: string | null | undefined;
  action?: string | null | undefined;
  target?: string | null | undefined;
};

/** Acts on a subnet, newest first; the cursor is the sequence of the page's last one. */
export async function listAudit(db: Db, filter: AuditFilter): Promise<Page<AuditRow>> {
  const { netuid, actor, action, target, limit, cursor } = filter;
  let query = db.selectFrom("auditLog").selectAll().where("netuid", "=", netuid);
  if (actor != null) query = query.where("actor", "=", actor);
  if (action != null) query = query.where("action", "=", action);
  if (target != null) query = query.where("target", "=", target);
  if (cursor != null) query = query.where("sequence", "<", Number(cursor));
  const rows = await query
    .orderBy("sequence", "desc")
    .limit(limit + 1)
    .execute();
  return toPage(rows, { limit, cursorOf: (row) => String(row.sequence) });
}

/** `brokenAt` is the first row that does not follow from the one before or does not match its own hash. */
export type AuditVerdict = { rows: number; head: string; brokenAt: number | null };

const ROWS_PER_READ = 1_000;

/** Recomputes a subnet's chain from its first row; compare `head` with a published one to detect a cut end. */
export async function verifyAuditChain(db: Db, netuid: number): Promise<AuditVerdict> {
  let verdict: AuditVerdict = { rows: 0, head: AUDIT_ROOT, brokenAt: null };
  for (;;) {
    const rows = await rowsAfter(db, { netuid, sequence: verdict.rows });
    for (const row of rows) verdict = await follow(verdict, row);
    if (verdict.brokenAt !== null || rows.length < ROWS_PER_READ) return verdict;
  }
}

function rowsAfter(db: Db, { netuid, sequence }: { netuid: number; sequence: number }): Promise<AuditRow[]> {
  return db
    .selectFrom("auditLog")
    .selectAll()
    .where("netuid", "=", netuid)
    .where("sequence", ">", sequence)
    .orderBy("sequence")
    .limit(ROWS_PER_READ)
    .execute();
}

async function follow(verdict: AuditVerdict, row: AuditRow): Promise<AuditVerdict> {
  if (verdict.brokenAt !== null) return verdict;
  const isNext = row.sequence === verdict.rows + 1 && row.previousHash === verdict.head;
  if (!isNext || (await auditHash(row)) !== row.hash) return { ...verdict, brokenAt: verdict.rows + 1 };
  return { rows: row.sequence, head: row.hash, brokenAt: null };
}
