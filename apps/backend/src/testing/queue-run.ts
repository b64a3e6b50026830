import fc from "fast-check";
import type { Desk } from "./desk.ts";
import { createArena } from "./queue-arena.ts";
import { queueCommands } from "./queue-commands.ts";
import { QueueModel } from "./queue-model.ts";
import type { World } from "./world.ts";

export type QueueRun = { seed: number; numRuns: number; maxCommands: number };

/** Runs random commands against queue and model side by side; throws the shortest way to make them differ. */
export async function runQueue(
  place: { world: World; desk: Desk },
  { seed, numRuns, maxCommands }: QueueRun,
): Promise<Map<string, number>> {
  const tally = new Map<string, number>();
  const run = fc.asyncProperty(queueCommands(maxCommands), async (commands) => {
    const real = await createArena(place, tally);
    try {
      await fc.asyncModelRun(() => ({ model: new QueueModel(), real }), commands);
    } finally {
      await real.close();
    }
  });
  await fc.assert(run, { numRuns, seed });
  return tally;
}
