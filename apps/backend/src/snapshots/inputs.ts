import { ApiError } from "@assay/api";
import type { CompetitionInput, LeaderInput, RulesDocument, SnapshotInputs } from "@assay/core";
import { currentLeaders, type Db, findRulesDocument, type LeaderRow, listCompetitions } from "@assay/db";
import type { Backend } from "../backend.ts";

/** Everything a snapshot of the newest finalised block is computed from. */
export async function readInputs(db: Db, backend: Backend): Promise<SnapshotInputs> {
  const { genesis, netuid, subnet } = backend;
  const { metagraph, epoch, revealPeriodEpochs, neurons } = subnet.current();
  const { block } = metagraph.at;
  const competitions = await competitionInputs(db, { netuid, block });
  const leading = new Set(competitions.flatMap(({ leader }) => leader?.hotkey ?? []));
  return {
    scheme: "assay-snapshot-inputs-v1",
    genesis,
    block,
    forEpoch: epoch.epochIndex,
    tempo: metagraph.tempo,
    revealPeriodEpochs,
    onExpiry: "stop",
    ownerHotkey: metagraph.ownerHotkey,
    registered: [...leading].filter((hotkey) => neurons.has(hotkey)).toSorted(),
    rules: await rulesAt(db, { backend, block }),
    competitions,
  };
}

/** Competitions that have started and not ended, and who leads them; a paused one still pays its leader. */
async function competitionInputs(
  db: Db,
  { netuid, block }: { netuid: number; block: number },
): Promise<CompetitionInput[]> {
  const leaders = new Map((await currentLeaders(db, netuid)).map((row) => [row.competitionId, row]));
  const competitions = await listCompetitions(db, { netuid });
  return competitions
    .filter(({ status }) => status === "open" || status === "paused")
    .map(({ id, points }) => ({ id, points, leader: leaderInput(leaders.get(id), block) }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** A loss that another replica noted at a block this one does not know yet has not halved anything so far. */
function leaderInput(row: LeaderRow | undefined, block: number): LeaderInput | null {
  if (row === undefined) return null;
  const { hotkey, candidateId: decision, lostAtBlock, halfLifeBlocks } = row;
  const isLost = lostAtBlock !== null && halfLifeBlocks !== null && lostAtBlock <= block;
  return { hotkey, decision, loss: isLost ? { lostAtBlock, halfLifeBlocks } : null };
}

async function rulesAt(
  db: Db,
  { backend: { netuid, mechid }, block }: { backend: Backend; block: number },
): Promise<RulesDocument> {
  const row = await findRulesDocument(db, { netuid, mechid, block });
  if (row !== undefined) return row.document;
  throw new ApiError({ code: "API_NOT_FOUND", kind: "rules document", id: String(block) });
}
