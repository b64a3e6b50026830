import type { SnapshotBody } from "@assay/core";
import { type Game, turn } from "./play.ts";
import { type Simulation, startSimulation } from "./simulation.ts";
import { TEMPO } from "./world.ts";

const GAME: Game = { seed: "outage", isSealed: false, validators: 1, epochs: 0 };

export type Outage = Pick<SnapshotBody, "onExpiry"> & {
  /** Epochs for which the last snapshot before the outage is valid, and those played after its end. */
  readonly validEpochs: number;
  readonly epochsAfter: number;
};

/** What an outage came to. */
export type Outlived = {
  /** Epochs in which weights took effect: during the outage, and after the backend is back. */
  readonly during: readonly number[];
  readonly after: readonly number[];
  /** Whom the row pays at the end of the outage, and whom the last snapshot named. */
  readonly paid: readonly string[];
  readonly owner: string;
  readonly named: string;
};

/** One validator without its backend, from one snapshot past that snapshot's end; then the backend is back. */
export async function outlive(outage: Outage): Promise<Outlived> {
  const simulation = await startSimulation({ ...GAME, isQuiet: true });
  try {
    const { backend, validators, world } = simulation;
    const vector = backend.newest?.vector;
    if (vector === undefined) throw new RangeError("a simulation begins with a version");
    const about = { onExpiry: outage.onExpiry, forged: { validUntil: outage.validEpochs * TEMPO } };
    const { signed } = await backend.publishVector(vector, about);
    for (const validator of validators) validator.deliver(signed);
    const end = outage.validEpochs + outage.epochsAfter;
    await playTo(simulation, end);
    const during = epochsSet(simulation);
    const paid = await paidNow(simulation);
    await simulation.publishWinner();
    await playTo(simulation, end + 2);
    const after = epochsSet(simulation).slice(during.length);
    return { during, after, paid, owner: world.owner.hotkey, named: vector.entries[0]?.hotkey ?? "" };
  } finally {
    await simulation.close();
  }
}

async function playTo(simulation: Simulation, epoch: number): Promise<void> {
  while (simulation.height < epoch * TEMPO) await turn(simulation, GAME);
}

/** Nothing moves the schedule here, so blocks tell epochs. */
function epochsSet({ world }: Simulation): number[] {
  const effective = world.devnet.extrinsics.filter(({ success }) => success);
  return effective.map(({ block }) => Math.floor(block / TEMPO));
}

async function paidNow({ world, validators }: Simulation): Promise<string[]> {
  const { neurons, netuid } = await world.chain.metagraph(1);
  const rows = await world.chain.weights(netuid);
  const own = neurons.find(({ hotkey }) => hotkey === validators[0]?.participant.hotkey);
  const row = own === undefined ? [] : (rows[own.uid] ?? []);
  return row.filter(([, weight]) => weight > 0).map(([uid]) => neurons[uid]?.hotkey ?? "");
}
