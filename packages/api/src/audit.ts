import { AuditEntry, type Page, type PageInput, pageOf } from "@assay/core";
import { SequencePage } from "./sequence-page.ts";
import { adminProcedure, rest, router } from "./trpc.ts";
import type { KeyVerb } from "./verb.ts";

export type AuditVerbs = { list: KeyVerb<PageInput, Page<AuditEntry>> };

export const auditRouter = (verbs: AuditVerbs) =>
  router({
    /** The audit log, newest first; each entry carries the hash of the one before. */
    list: adminProcedure
      .meta(rest("GET /admin/audit", { summary: "Read the audit log" }))
      .input(SequencePage)
      .output(pageOf(AuditEntry))
      .query(({ ctx, input }) => verbs.list(ctx, input)),
  });
