import type { Evidence } from "./invariants.ts";
import { INVARIANTS } from "./invariants.ts";
import { type Simulation, type SimulationOptions, startSimulation } from "./simulation.ts";
import { TEMPO } from "./world.ts";

export type Game = SimulationOptions & { readonly epochs: number };

/** What a game came to. */
export type Score = {
  readonly epochs: number;
  /** Epochs times validators. */
  readonly validatorEpochs: number;
  /** Effective weight extrinsics. */
  readonly sets: number;
  readonly lives: number;
  readonly faults: Readonly<Record<string, number>>;
};

/** Calm epochs at the end: sealed weights show one epoch later, and a last one for what was under way. */
const CALM_EPOCHS = 4;

/** Plays a game block by block; throws at the first block in which an invariant does not hold. */
export async function play(game: Game): Promise<Score> {
  const simulation = await startSimulation(game);
  try {
    const end = game.epochs * TEMPO;
    while (simulation.height < end - CALM_EPOCHS * TEMPO) await turn(simulation, game);
    await simulation.calm();
    while (simulation.height < end) await turn(simulation, game);
    return scoreOf(simulation, game);
  } finally {
    await simulation.close();
  }
}

/** The command that plays a game again. */
export function commandOf({ seed, epochs, validators, isSealed }: Game): string {
  const options = `--seed "${seed}" --epochs ${epochs} --validators ${validators}${isSealed ? " --sealed" : ""}`;
  return `node apps/validator/src/simnet/main.ts ${options}`;
}

/** One block of a game; throws if an invariant does not hold after it. */
export async function turn(simulation: Simulation, game: Game): Promise<void> {
  const problems = violations(await simulation.step());
  if (problems.length === 0) return;
  const where = `seed ${game.seed}, block ${simulation.height}`;
  const story = simulation.books.story.join("\n  ");
  throw new Error(
    `${where}:\n  ${problems.join("\n  ")}\nReplay: ${commandOf(game)}\nBefore it:\n  ${story}`,
  );
}

/** What contradicts the invariants, each with the name of the one it contradicts. */
function violations(evidence: Evidence): string[] {
  return Object.entries(INVARIANTS).flatMap(([name, holds]) =>
    holds(evidence).map((problem) => `${name}: ${problem}`),
  );
}

function scoreOf({ validators, world, faults }: Simulation, { epochs }: Game): Score {
  return {
    epochs,
    validatorEpochs: epochs * validators.length,
    sets: world.devnet.extrinsics.filter(({ success }) => success).length,
    lives: validators.reduce((sum, { lives }) => sum + lives, 0),
    faults: Object.fromEntries(faults),
  };
}
