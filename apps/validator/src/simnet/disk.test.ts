import type { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { queueResult } from "../store/results.ts";
import { type Game, turn } from "./play.ts";
import { type Simulation, startSimulation } from "./simulation.ts";
import { TEMPO } from "./world.ts";

const FULL_UNTIL = 10;
const TIMEOUT = { timeout: 300_000 };
const game: Game = { seed: "disk", isSealed: false, validators: 1, epochs: 0 };

let simulation: Simulation;
beforeEach(async () => {
  simulation = await startSimulation({ ...game, isQuiet: true });
});
afterEach(() => simulation.close());

async function playTo(epoch: number): Promise<void> {
  while (simulation.height < epoch * TEMPO) await turn(simulation, game);
}

/** Epochs in which weights took effect; nothing moves the schedule here. */
function epochsSet(): number[] {
  const effective = simulation.world.devnet.extrinsics.filter(({ success }) => success);
  return effective.map(({ block }) => Math.floor(block / TEMPO));
}

/** Leaves the journal no page more than it has, and fills those with results. */
function fillDisk(db: DatabaseSync): void {
  const pages = Number(db.prepare("pragma page_count").get()?.["page_count"]);
  db.exec(`pragma max_page_count = ${pages}`);
  for (const length of [3_000, 300, 10]) expect(() => fillWith(db, length)).toThrow("full");
}

function fillWith(db: DatabaseSync, length: number): void {
  for (let n = 0; n < 10_000; n++) {
    const signed = { body: "x".repeat(length), signature: `0x${"00".repeat(64)}` };
    queueResult(db, { jobId: `filler ${length} ${n}`, attempt: 1, signed });
  }
}

test("on a full disk nothing is signed; with room again the same validator goes on", TIMEOUT, async () => {
  const [full] = simulation.validators;
  if (full === undefined) throw new RangeError("a simulation has validators");
  await playTo(1);
  // A receipt would make room.
  simulation.shelf.lostReceipts = Number.POSITIVE_INFINITY;
  fillDisk(full.store.db);
  simulation.excuse("all", FULL_UNTIL * TEMPO);
  await playTo(FULL_UNTIL);
  expect(full.failures.get("VALIDATOR_JOURNAL_UNWRITABLE")).toBeGreaterThan(0);
  const before = epochsSet();
  full.store.db.exec("pragma max_page_count = 1000000");
  await playTo(FULL_UNTIL + 2);
  // Rows fit into the pages for some epochs more; from the first that does not, nothing is signed.
  expect(before).toEqual(before.map((_, epoch) => epoch));
  expect(before.length).toBeLessThan(FULL_UNTIL);
  expect(epochsSet().slice(before.length)).toEqual([FULL_UNTIL, FULL_UNTIL + 1]);
});
