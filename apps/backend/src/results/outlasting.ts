import { ApiError } from "@assay/api";
import { type Db, listCompetitions } from "@assay/db";

const DAY_MS = 86_400_000;
/** What a block of the chain takes at least, or a subnet's cycles could last longer than is reckoned with. */
const BLOCK_MS = 12_000;

/** Refuses to keep texts for a shorter time than any competition's cycle lasts. */
export async function assertOutlastsCycles(
  db: Db,
  { netuid, days }: { netuid: number; days: number | null },
): Promise<void> {
  if (days === null) return;
  const leastDays = (await longestCycleMs(db, netuid)) / DAY_MS;
  if (days >= leastDays) return;
  const message = `a cycle lasts ${leastDays.toFixed(1)} days; keep results for at least ${Math.ceil(leastDays)}`;
  const issues = [{ path: "settings.resultRetentionDays", message }];
  throw new ApiError({ code: "API_INVALID_INPUT", issues }, `The setting is not valid: ${message}.`);
}

/** A cycle collects for `cycleBlocks`, runs for as long, and may be extended by as much. */
export async function longestCycleMs(db: Db, netuid: number): Promise<number> {
  const competitions = await listCompetitions(db, { netuid });
  const living = competitions.filter(({ status }) => status !== "ended" && status !== "archived");
  return Math.max(0, ...living.map(({ cycleBlocks }) => 3 * cycleBlocks * BLOCK_MS));
}
