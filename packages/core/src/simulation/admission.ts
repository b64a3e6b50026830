import type { Artefact, Scores, SimulatedMiner, SimulationConfig } from "./types.ts";

/**
 * Judges at the door: the qualities of the artefacts that may compete, NaN for the others.
 *
 * Bytes belong to whoever submitted them first, in an earlier epoch or listed earlier; of the miners of one coldkey
 * the first listed competes. Computed again only when something new is submitted.
 */
export function admissionOf({
  miners,
  admission = {},
}: SimulationConfig): (artefacts: readonly Artefact[]) => Scores {
  const ownerOf = new Map<string, number>();
  let seen: readonly Artefact[] = [];
  let qualities: Scores = new Float64Array();
  return (artefacts) => {
    const isSame = seen.length === artefacts.length && artefacts.every((artefact, k) => artefact === seen[k]);
    if (isSame) return qualities;
    seen = artefacts;
    for (const [miner, { content }] of artefacts.entries())
      if (!ownerOf.has(content)) ownerOf.set(content, miner);
    const slots = slotOwners(miners);
    qualities = Float64Array.from(artefacts, ({ content, quality }, miner) => {
      const isOwn = admission.copies === true || ownerOf.get(content) === miner;
      const hasSlot = admission.siblings === true || slots.get(miners[miner]?.coldkey ?? "") === miner;
      return isOwn && hasSlot ? quality : Number.NaN;
    });
    return qualities;
  };
}

/** The first miner of each coldkey. */
function slotOwners(miners: readonly SimulatedMiner[]): Map<string, number> {
  const slots = new Map<string, number>();
  for (const [miner, { coldkey }] of miners.entries()) if (!slots.has(coldkey)) slots.set(coldkey, miner);
  return slots;
}
