import type { Client } from "@assay/client";
import type { AuditEntry, AuditHead } from "@assay/core";
import { AUDIT_START, followAudit } from "@assay/db";
import { everyOf } from "../pages.ts";

/** A head of the log that somebody kept; `from` names the snapshot it was signed in, or who kept it. */
export type KeptHead = AuditHead & { readonly from: string };

/** What became of a kept head: the log still leads to it, says otherwise there, or does not come that far unbroken. */
export type HeldHead = KeptHead & { readonly verdict: "holds" | "differs" | "missing" };

export type AuditReport = {
  /** Acts of the log that follow from each other, from the first on. */
  readonly acts: number;
  /** The hash to keep: it stands for all of them. */
  readonly head: string;
  /** The first act that was changed, removed or put in; null if there is none. */
  readonly brokenAt: number | null;
  readonly heads: readonly HeldHead[];
};

export type AuditLog = { readonly netuid: number; readonly entries: readonly AuditEntry[] };

/** Computes the chain of a log again, oldest act first, and holds it against heads that were kept of it. */
export async function auditReport(
  { netuid, entries }: AuditLog,
  kept: readonly KeptHead[],
): Promise<AuditReport> {
  let verdict = AUDIT_START;
  for (const entry of entries)
    verdict = await followAudit(verdict, { ...entry, netuid, at: new Date(entry.at) });
  const { rows: acts, head, brokenAt } = verdict;
  const hashes = new Map(entries.slice(0, acts).map(({ sequence, hash }) => [sequence, hash]));
  return { acts, head, brokenAt, heads: kept.map((one) => ({ ...one, verdict: verdictOn(one, hashes) })) };
}

function verdictOn({ sequence, hash }: KeptHead, hashes: ReadonlyMap<number, string>): HeldHead["verdict"] {
  const found = sequence === 0 ? AUDIT_START.head : hashes.get(sequence);
  if (found === undefined) return "missing";
  return found === hash ? "holds" : "differs";
}

/** Whether nothing speaks against the log. */
export function isWhole({ brokenAt, heads }: AuditReport): boolean {
  return brokenAt === null && heads.every(({ verdict }) => verdict === "holds");
}

/** Everything in the log of a backend, oldest first. */
export async function readAuditLog(client: Client): Promise<AuditLog> {
  const { netuid } = await client.system.info();
  const newestFirst = await everyOf((page) => client.audit.list(page));
  return { netuid, entries: newestFirst.toReversed() };
}
