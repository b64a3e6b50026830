import type { CompetitionInput, SnapshotInputs } from "../../schema/snapshot-inputs.ts";
import { GENESIS, LEADER, rulesOf } from "./snapshots.ts";

export const OWNER = `5${"M".repeat(47)}`;

/** An id of a kind that ends with a number. */
export function numbered<Kind extends string>(kind: Kind, number: number): `${Kind}_${string}` {
  return `${kind}_018f0000-0000-7000-8000-${String(number).padStart(12, "0")}`;
}

/** A competition led by {@link LEADER}, changed as given. */
export function competitionInput(changes: Partial<CompetitionInput> = {}): CompetitionInput {
  const leader = { hotkey: LEADER, decision: numbered("candidate", 1), loss: null };
  return { id: numbered("competition", 1), points: 3, leader, ...changes };
}

/** The inputs of these tests, changed as given. */
export function snapshotInputs(changes: Partial<SnapshotInputs> = {}): SnapshotInputs {
  return {
    scheme: "assay-snapshot-inputs-v1",
    genesis: GENESIS,
    block: 1000,
    forEpoch: 2,
    tempo: 360,
    revealPeriodEpochs: 1,
    onExpiry: "stop",
    ownerHotkey: OWNER,
    registered: [LEADER],
    rules: rulesOf(),
    competitions: [competitionInput()],
    ...changes,
  };
}
