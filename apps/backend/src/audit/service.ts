import type { ListAudit } from "@assay/api";
import type { AuditEntry, Page } from "@assay/core";
import { type AuditRow, listAudit } from "@assay/db";
import type { Backend } from "../backend.ts";

/** The audit log, newest first. */
export async function pageAudit({ db, netuid }: Backend, input: ListAudit): Promise<Page<AuditEntry>> {
  const { items, nextCursor } = await listAudit(db, { ...input, netuid });
  return { items: items.map(entryView), nextCursor };
}

function entryView(row: AuditRow): AuditEntry {
  return { ...row, at: row.at.toISOString(), facts: mutable(row.facts) };
}

/** The schema's JSON type differs from ours only in that its arrays may be written to; nobody does. */
function mutable(facts: AuditRow["facts"]): AuditEntry["facts"] {
  return facts as AuditEntry["facts"];
}
