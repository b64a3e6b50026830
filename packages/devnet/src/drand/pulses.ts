import { latestRound, type OwnBeacon } from "@assay/timelock";
import { commitmentRounds } from "../commitments/reveal.ts";
import { type Context, deposit } from "../runtime/context.ts";
import { drand, timestamp } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import type { State } from "../state/overlay.ts";
import { awaitedRounds } from "../subtensor/timelocked-queue.ts";
import { publisherOf } from "./beacon.ts";

const { storage } = drand;

/**
 * Stores the beacon's pulses up to the chain's time: each block's newest round and every earlier one that a commit
 * waits for. Signing is the dearest part of an empty block, so rounds that nobody can use are left out.
 */
export function publishPulses(context: Context): void {
  const { state } = context;
  const own = publisherOf(state);
  if (own === undefined || context.withholdsPulses === true) return;
  const newest = latestRound(own.beacon, Number(read(state, timestamp.storage.Now)));
  const last = Number(read(state, storage.LastStoredRound));
  if (newest <= last) return;
  const rounds = [...awaited(state).filter((round) => round > last && round < newest), newest];
  for (const round of rounds) store(state, own, round);
  if (last === 0) write(state, storage.OldestStoredRound, [BigInt(rounds[0] ?? newest)]);
  write(state, storage.LastStoredRound, [BigInt(newest)]);
  deposit(context, drand, ["NewPulse", { rounds: rounds.map(BigInt) }]);
}

/** Rounds that something sealed waits for, ascending, each once. */
function awaited(state: State): number[] {
  const rounds = new Set([...awaitedRounds(state), ...commitmentRounds(state)]);
  return [...rounds].filter(Number.isSafeInteger).sort((a, b) => a - b);
}

function store(state: State, own: OwnBeacon, round: number): void {
  const { randomness, signature } = own.signRound(round);
  write(state, storage.Pulses, [BigInt(round), { round: BigInt(round), randomness, signature }]);
}
