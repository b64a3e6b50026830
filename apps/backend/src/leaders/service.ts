import type { Leader } from "@assay/core";
import { currentLeaders, type LeaderRow } from "@assay/db";
import type { Backend } from "../backend.ts";

/** The approved leader of every competition that has one. */
export async function listLeaders({ db, netuid }: Backend): Promise<Leader[]> {
  return (await currentLeaders(db, netuid)).map(leaderView);
}

function leaderView(row: LeaderRow): Leader {
  const { competitionId, candidateId, submissionId, hotkey, approvedBy, approvedAt, fromBlock } = row;
  return {
    competitionId,
    candidateId,
    submissionId,
    hotkey,
    approvedBy,
    approvedAt: approvedAt.toISOString(),
    fromBlock,
  };
}
