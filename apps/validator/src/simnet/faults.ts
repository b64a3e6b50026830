import type { SeededRandom } from "@assay/core";
import type { Trouble } from "./mortal-chain.ts";
import type { Simulation } from "./simulation.ts";
import { RATE_LIMIT, TEMPO } from "./world.ts";

type Fault = (simulation: Simulation, random: SeededRandom) => Promise<void> | void;

/** What the pool may say, by code. */
const POOL_ANSWERS = [
  [1010, "Custom error: 6"],
  [1010, "Transaction is outdated"],
  [1012, "Transaction is temporarily banned"],
  [1014, "Priority is too low"],
  [1016, "Immediately dropped"],
] as const;

/** Everything that may go wrong between two blocks, by name. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  "kill in the middle": (simulation, random) => simulation.anyone().fuse.arm(1 + random.below(60)),
  "kill between blocks": (simulation) => simulation.restart(simulation.anyone()),
  "call refused": troubled("refused"),
  "answer lost": troubled("lost"),
  "answer late": troubled("late"),
  "pool refuses": ({ world }, random) => {
    const [rpcCode, data] = POOL_ANSWERS[random.below(POOL_ANSWERS.length)] ?? POOL_ANSWERS[0];
    world.devnet.fault({ kind: "pool", rpcCode, data, times: 1 + random.below(2) });
  },
  "blocks give way to others": (simulation, random) =>
    simulation.reorganise({ depth: 1 + random.below(Math.max(1, simulation.finalityLag)), drop: false }),
  "blocks give way and lose what they held": (simulation, random) =>
    simulation.reorganise({ depth: 1 + random.below(Math.max(1, simulation.finalityLag)), drop: true }),
  "finality lags": (simulation, random) => {
    simulation.setFinality(2 + random.below(6));
    simulation.excuse("all", 20);
    simulation.later(1 + random.below(12), () => simulation.setFinality(1));
  },
  "finality lies": (simulation, random) => {
    simulation.setFinality(0);
    simulation.later(1 + random.below(4), () => {
      simulation.reorganise({ depth: 1 + random.below(3), drop: random.below(2) === 0 });
      simulation.setFinality(1);
    });
  },
  "the beacon is silent": (simulation, random) => {
    simulation.silenceBeacon(true);
    simulation.later(1 + random.below(10), () => simulation.silenceBeacon(false));
  },
  "the rate limit rises": (simulation, random) => {
    simulation.setRules({ weightsRateLimit: TEMPO + random.below(TEMPO) });
    simulation.excuse("all", 2 * TEMPO);
    simulation.later(1 + random.below(TEMPO), () => simulation.setRules({ weightsRateLimit: RATE_LIMIT }));
  },
  "a newer version key is asked for": (simulation, random) => {
    simulation.setRules({ weightsVersionKey: 9 });
    simulation.excuse("all", 2 * TEMPO);
    simulation.later(1 + random.below(TEMPO), () => simulation.setRules({ weightsVersionKey: 0 }));
  },
  "commit-reveal is switched": (simulation) => {
    simulation.setRules({ commitReveal: !simulation.isSealed });
  },
  "the reveal period changes": (simulation, random) =>
    simulation.setRules({ revealPeriodEpochs: 1 + random.below(2) }),
  "a miner loses its uid": async (simulation, random) => {
    const { miners, strangers } = simulation.world;
    const group = random.below(2) === 0 ? [miners, strangers] : [strangers, miners];
    const hotkeys = group.map((members) => members.map(({ hotkey }) => hotkey));
    await simulation.replace(pick(hotkeys[0] ?? [], random), pick(hotkeys[1] ?? [], random));
  },
  "a validator loses its uid": async (simulation, random) => {
    const { hotkey } = simulation.anyone().participant;
    await simulation.replace(hotkey, pick(simulation.world.strangers, random).hotkey);
    for (const tempos of [1, 2])
      simulation.later(1 + random.below(tempos * TEMPO), () => simulation.reinstate(hotkey));
  },
  "the backend is gone": (simulation, random) => {
    const { hotkey } = simulation.anyone().participant;
    simulation.cutOff.add(hotkey);
    simulation.later(1 + random.below(2 * TEMPO), () => simulation.reconnect(hotkey));
  },
  "a harmful statement": async (simulation) => {
    const signed = await simulation.backend.harmful();
    for (const validator of simulation.validators) validator.deliver(signed);
  },
  "two statements under one version": async (simulation) => {
    const validator = simulation.anyone();
    const { hotkey } = validator.participant;
    if (!simulation.books.hasAccepted(hotkey, simulation.backend.newest?.version ?? 0)) return;
    validator.deliver(await simulation.backend.conflicting());
    simulation.excuse(hotkey, Number.POSITIVE_INFINITY);
  },
  "a validator misses blocks": (simulation, random) => {
    const { hotkey } = simulation.anyone().participant;
    simulation.blind.add(hotkey);
    simulation.excuse(hotkey, 10);
    simulation.later(1 + random.below(8), () => void simulation.blind.delete(hotkey));
  },
  "the clock jumps": (simulation, random) => simulation.jumpClock((random.below(3) - 1) * 3_600_000),
  "a receipt is lost": ({ shelf }) => {
    shelf.lostReceipts += 1;
  },
};

function troubled(trouble: Trouble): Fault {
  return (simulation, random) => simulation.anyone().trouble(trouble, random.below(30));
}

function pick<T>(items: readonly T[], random: SeededRandom): T {
  const item = items[random.below(items.length)];
  if (item === undefined) throw new RangeError("nothing to pick from");
  return item;
}
