import { AuditEntry, type Page, pageOf } from "@assay/core";
import { z } from "zod";
import { SequencePage } from "./sequence-page.ts";
import { adminProcedure, rest, router } from "./trpc.ts";
import type { KeyVerb } from "./verb.ts";

const Text = z.string().min(1).max(200);

export const ListAudit = SequencePage.extend({
  /** Id of a key, hotkey, or name of a duty. */
  actor: Text.nullish(),
  /** Such as `candidate.approve`. */
  action: Text.nullish(),
  /** Id or address of what was acted on. */
  target: Text.nullish(),
});
export type ListAudit = z.infer<typeof ListAudit>;

export type AuditVerbs = { list: KeyVerb<ListAudit, Page<AuditEntry>> };

export const auditRouter = (verbs: AuditVerbs) =>
  router({
    /** The audit log, newest first; each entry carries the hash of the one before. */
    list: adminProcedure
      .meta(rest("GET /admin/audit", { summary: "Read the audit log" }))
      .input(ListAudit)
      .output(pageOf(AuditEntry))
      .query(({ ctx, input }) => verbs.list(ctx, input)),
  });
