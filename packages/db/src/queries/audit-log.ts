import { type AuditHead, canonicalJson, type Json, type Page } from "@assay/core";
import type { Db, Trx } from "../connect.ts";
import type { AuditRow } from "../schema.ts";
import { AUDIT_ROOT, AUDIT_START, type AuditVerdict, auditHash, followAudit } from "./audit-chain.ts";
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

/** Waits until no other transaction appends to the log of a subnet; what is read then is what comes before. */
export function lockAudit(trx: Trx, netuid: number): Promise<void> {
  return lockSubject(trx, `audit/${netuid}`);
}

/** Records an act in the transaction of its effect, chained by hash to the act before on the same subnet. */
export async function appendAudit(trx: Trx, act: AuditAct): Promise<AuditRow> {
  await lockAudit(trx, act.netuid);
  const last = await findAuditHead(trx, act.netuid);
  const link = { sequence: last.sequence + 1, previousHash: last.hash };
  const hash = await auditHash({ ...act, ...link });
  return trx
    .insertInto("auditLog")
    .values({ ...act, ...link, hash, facts: canonicalJson(act.facts) })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** How far the log of a subnet has come: rows are committed in their order, so that none before it is missing. */
export async function findAuditHead(db: Db, netuid: number): Promise<AuditHead> {
  const newest = await db
    .selectFrom("auditLog")
    .select(["sequence", "hash"])
    .where("netuid", "=", netuid)
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  return newest ?? { sequence: 0, hash: AUDIT_ROOT };
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

const ROWS_PER_READ = 1_000;

/** Recomputes a subnet's chain from its first row; compare `head` with a published one to detect a cut end. */
export async function verifyAuditChain(db: Db, netuid: number): Promise<AuditVerdict> {
  let verdict = AUDIT_START;
  for (;;) {
    const rows = await rowsAfter(db, { netuid, sequence: verdict.rows });
    for (const row of rows) verdict = await followAudit(verdict, row);
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
