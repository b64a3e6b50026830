import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededRandom } from "@assay/core";
import { expect, test } from "vitest";
import { RealFaults } from "../testing/real-faults.ts";
import { RealInvariants } from "../testing/real-invariants.ts";
import { type RealSubnet, startRealSubnet, TEMPO } from "../testing/real-subnet.ts";
import type { LogLine } from "./process.ts";

const MINUTE_MS = 60_000;
const minutes = Number(process.env["ASSAY_LONG_MINUTES"] ?? 1);
/** A number of epochs instead of a time. */
const wanted = Number(process.env["ASSAY_LONG_EPOCHS"] ?? 0);
const seed = process.env["ASSAY_LONG_SEED"] ?? String(Math.floor(performance.timeOrigin) % 2 ** 31);
/** Epochs between two decisions, which are the fewest played, and those without faults at the end. */
const [DECISION_EPOCHS, CALM_EPOCHS] = [5, 3];
/** Starting processes and evaluating agents takes long on a slow machine; so may an epoch. */
const [REST_MS, EPOCH_MS] = [15 * MINUTE_MS, 30_000];

type Players = {
  readonly subnet: RealSubnet;
  readonly invariants: RealInvariants;
  readonly faults: RealFaults;
};

/** A candidate is approved while one waits; then who leads loses that again, one after the other. */
async function decide({ subnet, invariants }: Players): Promise<void> {
  const { admin } = subnet;
  if (admin === undefined) return;
  const [pending] = (await admin.candidates.list({ status: "pending" })).items;
  if (pending !== undefined) {
    invariants.approve(pending.hotkey);
    await admin.candidates.approve({ id: pending.id });
    return;
  }
  const [approved] = (await admin.candidates.list({ status: "approved" })).items;
  if (approved !== undefined) await admin.candidates.revoke({ id: approved.id, reason: "the test's turn" });
}

async function playEpoch({ subnet, invariants, faults }: Players, isCalm: boolean): Promise<void> {
  for (let made = 0; made < TEMPO; made++) {
    if (!isCalm) await faults.play();
    await subnet.block();
    await invariants.look(TEMPO);
  }
}

/** Plays epochs with faults, then some without; answers how many. */
async function play(players: Players, isOver: (epochs: number) => boolean): Promise<number> {
  let epochs = 0;
  for (; epochs < DECISION_EPOCHS || !isOver(epochs + CALM_EPOCHS); epochs++) {
    if (epochs % DECISION_EPOCHS === 0) await decide(players);
    await playEpoch(players, false);
  }
  await players.faults.calm();
  for (let calm = 0; calm < CALM_EPOCHS; calm++) await playEpoch(players, true);
  return epochs + CALM_EPOCHS;
}

/** Processes at work, candidates waiting for a decision, everything looked at from here on. */
async function gather(home: string): Promise<Players> {
  let hear = (_hotkey: string, _line: LogLine): void => {};
  const subnet = await startRealSubnet(home, (hotkey, line) => hear(hotkey, line));
  await subnet.gatherCandidates().catch(async (error: unknown) => {
    await subnet.close();
    throw error;
  });
  const invariants = new RealInvariants(subnet);
  hear = (hotkey, line) => invariants.hear(hotkey, line);
  for (const { participant } of subnet.members) invariants.excuse(participant.hotkey);
  const faults = new RealFaults(subnet, seededRandom(seed), invariants);
  return { subnet, invariants, faults };
}

test("the invariants hold after every block of real processes", {
  timeout: minutes * MINUTE_MS + (wanted + DECISION_EPOCHS + CALM_EPOCHS) * EPOCH_MS + REST_MS,
}, async () => {
  console.info(`seed ${seed} (ASSAY_LONG_SEED repeats its dice)`);
  const home = mkdtempSync(join(tmpdir(), "assay-real-"));
  const end = performance.now() + minutes * MINUTE_MS;
  const players = await gather(home);
  const { subnet, invariants, faults } = players;
  try {
    const began = performance.now();
    const epochs = await play(players, (count) => (wanted > 0 ? count >= wanted : performance.now() >= end));
    const seconds = Math.round((performance.now() - began) / 1000);
    const counts = { epochs, sets: invariants.sets, faults: Object.fromEntries(faults.counts), seconds };
    console.info(`all invariants held: ${JSON.stringify(counts)}`);
    expect(await invariants.converged()).toEqual([]);
    expect(invariants.sets).toBeGreaterThan(epochs);
  } finally {
    await subnet.close();
    rmSync(home, { recursive: true, force: true });
  }
});
