import { sendBlock } from "@assay/core";
import { type Game, turn } from "./play.ts";
import { type Simulation, startSimulation } from "./simulation.ts";
import type { SimValidator } from "./validator.ts";
import { NETUID, TEMPO } from "./world.ts";

export type Campaign = {
  readonly isSealed: boolean;
  /** Every how many steps a life ends: 1 is everywhere. */
  readonly stride: number;
  /** Lives that end at different steps of one epoch. */
  readonly validators: number;
};

export type Outcome = {
  /** Steps at which a life ended, in order. */
  readonly deaths: readonly number[];
  /** Of those, the ones whose epoch went without weights. */
  readonly missed: readonly number[];
  /** Epochs in which each validator's weights took effect, by hotkey. */
  readonly epochs: ReadonlyMap<string, readonly number[]>;
  readonly played: number;
};

/** Epochs at the end in which everybody lives, for weights that are still sealed. */
const LAST_EPOCHS = 2;

/**
 * Ends lives at one step after the other of the epoch's sending, each in an epoch of its own, until an epoch has no
 * such step any more. Every epoch begins with a new version, so that old weights cannot pass for new ones.
 */
export async function killEverywhere(campaign: Campaign): Promise<Outcome> {
  const game: Game = { ...campaign, seed: "kill points", epochs: 0 };
  const simulation = await startSimulation({ ...game, isQuiet: true });
  const record = { deaths: new Array<number>(), missed: new Array<number>() };
  try {
    await playTo(simulation, game, 1);
    for (let step = 1, isOver = false; !isOver; step += campaign.stride * campaign.validators)
      isOver = await epochOfDeaths({ simulation, game, record, step, stride: campaign.stride });
    simulation.blind.clear();
    await simulation.calm();
    await playTo(simulation, game, LAST_EPOCHS * TEMPO);
    return { ...record, epochs: epochsSet(simulation), played: Math.floor(simulation.height / TEMPO) };
  } finally {
    await simulation.close();
  }
}

type Epoch = {
  readonly simulation: Simulation;
  readonly game: Game;
  readonly record: { readonly deaths: number[]; readonly missed: number[] };
  readonly step: number;
  readonly stride: number;
};

/** Plays one epoch with one death per validator; true if somebody's step was never reached. */
async function epochOfDeaths(epoch: Epoch): Promise<boolean> {
  const { simulation, game, record, step, stride } = epoch;
  await playTo(simulation, game, Math.floor(TEMPO / 2));
  await simulation.publishWinner();
  const mortals = simulation.validators.map((validator, index) => {
    return { validator, step: step + index * stride, lives: validator.lives };
  });
  const number = Math.floor(simulation.height / TEMPO);
  while (simulation.height < (number + 1) * TEMPO - 1) {
    for (const mortal of mortals) wake(simulation, mortal, number);
    await turn(simulation, game);
  }
  await playTo(simulation, game, TEMPO);
  const dead = mortals.filter(({ validator, lives }) => validator.lives > lives);
  record.deaths.push(...dead.map((one) => one.step));
  const missed = dead.filter(({ validator }) => !hasSet(simulation, validator, number));
  record.missed.push(...missed.map((one) => one.step));
  return dead.length < mortals.length;
}

type Mortal = { readonly validator: SimValidator; readonly step: number; readonly lives: number };

/** A validator looks at the chain from its send block until its weights are confirmed; its steps count from there. */
function wake(simulation: Simulation, { validator, step, lives }: Mortal, epoch: number): void {
  const { hotkey } = validator.participant;
  const isDone = simulation.books.accountOf(validator).lastConfirmed?.epochIndex === epoch;
  const sends = sendBlockOf(simulation, hotkey, epoch);
  if (isDone) validator.fuse.arm(Number.POSITIVE_INFINITY);
  if (simulation.height === sends && validator.lives === lives) validator.fuse.arm(step);
  if (isDone || simulation.height < sends) simulation.blind.add(hotkey);
  else simulation.blind.delete(hotkey);
}

function sendBlockOf({ world }: Simulation, hotkey: string, epoch: number): number {
  const [lastEpochBlock, nextEpochStart] = [epoch * TEMPO, (epoch + 1) * TEMPO];
  const { genesisHash: genesis } = world.devnet;
  return sendBlock({ lastEpochBlock, nextEpochStart, genesis, netuid: NETUID, mechid: 0, hotkey });
}

/** Plays up to a block of the running epoch; the epoch's length is the next one's beginning. */
async function playTo(simulation: Simulation, game: Game, blockOfEpoch: number): Promise<void> {
  const end = Math.floor(simulation.height / TEMPO) * TEMPO + blockOfEpoch;
  while (simulation.height < end) await turn(simulation, game);
}

function hasSet(simulation: Simulation, { participant }: SimValidator, epoch: number): boolean {
  return epochsSet(simulation).get(participant.hotkey)?.includes(epoch) ?? false;
}

/** Blocks tell epochs here: nothing moves the schedule. */
function epochsSet({ world }: Simulation): Map<string, number[]> {
  const effective = world.devnet.extrinsics.filter(({ success }) => success);
  const bySigner = Map.groupBy(effective, ({ signer }) => signer);
  return new Map([...bySigner].map(([who, all]) => [who, all.map(({ block }) => Math.floor(block / TEMPO))]));
}
