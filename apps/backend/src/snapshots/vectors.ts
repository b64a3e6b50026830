import {
  canonicalJson,
  competitionVector,
  type InstanceVector,
  type MechanismInstance,
  type RulesDocument,
  sha256Hex,
} from "@assay/core";
import { currentLeaders, type Db, listCompetitions } from "@assay/db";

type Input = { id: string; points: number; leader: string | null; candidateId: string | null };

/** The vector of every competition instance of the rules, with the hash of what it was computed from. */
export async function instanceVectors(
  db: Db,
  { netuid, instances }: Pick<RulesDocument, "netuid" | "instances">,
): Promise<InstanceVector[]> {
  const inputs = await competitionInputs(db, netuid);
  const own = instances.filter((instance) => instance.mechanism === "competition");
  return Promise.all(own.map((instance) => instanceVector(instance, inputs)));
}

async function instanceVector(
  { id, unled }: Extract<MechanismInstance, { mechanism: "competition" }>,
  competitions: readonly Input[],
): Promise<InstanceVector> {
  return {
    id,
    vector: competitionVector({ competitions, unled }),
    inputsHash: await sha256Hex(canonicalJson({ competitions, unled })),
    decisions: competitions.flatMap(({ candidateId }) => candidateId ?? []),
  };
}

/** Competitions that have started and not ended, and who leads them; a paused one still pays its leader. */
async function competitionInputs(db: Db, netuid: number): Promise<Input[]> {
  const leaders = new Map((await currentLeaders(db, netuid)).map((row) => [row.competitionId, row]));
  const competitions = await listCompetitions(db, { netuid });
  return competitions
    .filter(({ status }) => status === "open" || status === "paused")
    .map(({ id, points }) => {
      const leader = leaders.get(id);
      return { id, points, leader: leader?.hotkey ?? null, candidateId: leader?.candidateId ?? null };
    });
}
