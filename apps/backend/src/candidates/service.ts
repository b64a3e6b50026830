import type { CandidateRef, ListCandidates } from "@assay/api";
import type { Candidate, Page } from "@assay/core";
import { findCandidate, listCandidates } from "@assay/db";
import type { Backend } from "../backend.ts";
import { found } from "../not-found.ts";
import { candidateView } from "./view.ts";

/** Leader candidates, oldest first. */
export async function pageCandidates(
  { db, netuid }: Backend,
  input: ListCandidates,
): Promise<Page<Candidate>> {
  const { items, nextCursor } = await listCandidates(db, { ...input, netuid });
  return { items: items.map(candidateView), nextCursor };
}

/** One candidate. */
export async function getCandidate({ db, netuid }: Backend, { id }: CandidateRef): Promise<Candidate> {
  return candidateView(found(await findCandidate(db, id), { kind: "candidate", id, netuid }));
}
