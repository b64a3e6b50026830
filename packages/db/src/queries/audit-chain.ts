import { canonicalJson, sha256Hex } from "@assay/core";
import type { AuditRow } from "../schema.ts";

/** What the first row of a chain has before it. */
export const AUDIT_ROOT = "0".repeat(64);

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

/** `brokenAt` is the first row that does not follow from the one before or does not match its own hash. */
export type AuditVerdict = {
  readonly rows: number;
  readonly head: string;
  readonly brokenAt: number | null;
};

/** What is known of a chain before its first row was read. */
export const AUDIT_START: AuditVerdict = { rows: 0, head: AUDIT_ROOT, brokenAt: null };

/** What is known once one more row was read; after the first that is broken nothing changes any more. */
export async function followAudit(verdict: AuditVerdict, row: AuditRow): Promise<AuditVerdict> {
  if (verdict.brokenAt !== null) return verdict;
  const isNext = row.sequence === verdict.rows + 1 && row.previousHash === verdict.head;
  if (!isNext || (await auditHash(row)) !== row.hash) return { ...verdict, brokenAt: verdict.rows + 1 };
  return { rows: row.sequence, head: row.hash, brokenAt: null };
}
