import { parseArgs } from "node:util";
import { type Game, turn } from "./play.ts";
import { startSimulation } from "./simulation.ts";
import { TEMPO } from "./world.ts";

const { values } = parseArgs({
  options: {
    epochs: { type: "string", default: "10000" },
    every: { type: "string", default: "100" },
  },
});

const MEGABYTE = 1_048_576;
const game: Game = { seed: "soak", isSealed: false, validators: 1, epochs: Number(values.epochs) };
const every = Number(values.every);

/** Memory in use once garbage is gone; run with --expose-gc. */
function usedMegabytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / MEGABYTE;
}

/** One line per chapter: a devnet keeps every block it made, so each chapter has a new one and the process stays. */
async function chapter(from: number): Promise<number> {
  const simulation = await startSimulation({ ...game, isQuiet: true });
  while (simulation.height < every * TEMPO) await turn(simulation, game);
  const sets = simulation.world.devnet.extrinsics.filter(({ success }) => success).length;
  await simulation.close();
  const used = usedMegabytes();
  process.stdout.write(
    `${JSON.stringify({ epochs: from + every, sets, usedMegabytes: Number(used.toFixed(2)) })}\n`,
  );
  return used;
}

// The first chapter loads and compiles; growth is counted from its end.
const first = await chapter(0);
let last = first;
for (let epoch = every; epoch < game.epochs; epoch += every) last = await chapter(epoch);
const growth = ((last - first) / first) * 100;
process.stdout.write(
  `${JSON.stringify({ epochs: game.epochs, growthPercent: Number(growth.toFixed(2)) })}\n`,
);
