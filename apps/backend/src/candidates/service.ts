import type { CandidateRef, ListCandidates, QueuedCandidate } from "@assay/api";
import type { Page } from "@assay/core";
import { findCandidate, listCandidates } from "@assay/db";
import type { Backend } from "../backend.ts";
import { found } from "../not-found.ts";
import { settingsOf } from "../settings/service.ts";
import { candidateView, candidateViews } from "./view.ts";

const HOUR_MS = 3_600_000;

/** Leader candidates, oldest first. */
export async function pageCandidates(
  backend: Backend,
  { overdue, contested, ...filter }: ListCandidates,
): Promise<Page<QueuedCandidate>> {
  const { db, netuid } = backend;
  // Whoever does not wait too long is not worth a filter: "false" is as good as left out.
  const pendingBefore = overdue === "true" ? await overdueBefore(backend) : null;
  const { items, nextCursor } = await listCandidates(db, {
    ...filter,
    netuid,
    pendingBefore,
    contested: contested == null ? null : contested === "true",
  });
  return { items: await candidateViews(db, { backend, rows: items }), nextCursor };
}

/** Whoever joined the queue before this moment waits too long. */
export async function overdueBefore({
  db,
  netuid,
  clock,
}: Pick<Backend, "db" | "netuid" | "clock">): Promise<Date> {
  const { reviewSlaHours } = await settingsOf(db, netuid);
  return new Date(clock.now() - reviewSlaHours * HOUR_MS);
}

/** One candidate. */
export async function getCandidate(backend: Backend, { id }: CandidateRef): Promise<QueuedCandidate> {
  const { db, netuid } = backend;
  const row = found(await findCandidate(db, id), { kind: "candidate", id, netuid });
  return candidateView(db, { backend, row });
}
