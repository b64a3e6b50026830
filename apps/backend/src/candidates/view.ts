import type { Candidate, Decision } from "@assay/core";
import type { CandidateRow } from "@assay/db";

/** A candidate as it travels. */
export function candidateView(row: CandidateRow): Candidate {
  return { ...row, createdAt: row.createdAt.toISOString(), decision: decisionOf(row) };
}

function decisionOf(row: CandidateRow): Decision | null {
  const { decisionAction: action, decidedBy: by, decidedKeyId: keyId, decidedAt: at } = row;
  if (action === null || by === null || keyId === null || at === null) return null;
  return { action, by, keyId, reason: row.decisionReason, at: at.toISOString() };
}
