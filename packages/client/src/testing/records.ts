import type { SignedSnapshot, Submission } from "@assay/core";
import { ALICE } from "./signer.ts";

const UUID = "019329a4-5c00-7000-8000-000000000001";

export const COMPETITION = `competition_${UUID}`;
export const CANDIDATE = `candidate_${UUID}`;

export function snapshot(version: number): SignedSnapshot {
  const signature = `0x${"0".repeat(128)}`;
  const certificate = { body: "{}", ownerHotkey: ALICE, signature };
  return { version, body: `{"version":${version}}`, key: ALICE, signature, certificate };
}

export function submission(sha256: string): Submission {
  return {
    id: `submission_${UUID}`,
    competitionId: COMPETITION,
    hotkey: ALICE,
    coldkey: ALICE,
    sha256,
    sizeBytes: 8,
    status: "waiting",
    acceptedAtBlock: 10,
    sequence: 1,
    acceptedAt: "2026-11-20T10:00:00.000Z",
    figures: null,
    failure: null,
    explanation: "waits",
  };
}
