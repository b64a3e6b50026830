import { expect, test } from "vitest";
import type { SparseRow } from "../consensus/types.ts";
import { chainOf, type SentRows } from "./chain.ts";
import { honestMiners, honestValidators, subnetConfig } from "./test/subnets.ts";
import type { SimulationConfig } from "./types.ts";

/** Uids: owner 0, validators 1 to 3, miners 4 and 5. */
const config = (changes: Partial<SimulationConfig> = {}) =>
  subnetConfig({ validators: honestValidators(3), miners: honestMiners(2), ...changes });
const onFirst: SparseRow = [[4, 65_535]];
const onSecond: SparseRow = [[5, 65_535]];
const all = (row: SparseRow | null): SentRows => [row, row, row];

/** Incentive of the two miners after each epoch. */
function incentives(changes: Partial<SimulationConfig>, epochs: readonly SentRows[]): number[][] {
  const chain = chainOf(config(changes));
  return epochs.map((sent) => chain.advance(sent).incentive.slice(4));
}

test("rows set in the open count in the same epoch, and stay until replaced", () => {
  expect(incentives({}, [all(onFirst), all(null), all(onSecond)])).toEqual([
    [65_535, 0],
    [65_535, 0],
    [0, 65_535],
  ]);
});

test("committed rows count once they are revealed", () => {
  const sent = [all(onFirst), all(onSecond), all(null), all(null), all(null)];
  expect(incentives({ revealEpochs: 2 }, sent)).toEqual([
    [0, 0],
    [0, 0],
    [65_535, 0],
    [0, 65_535],
    [0, 65_535],
  ]);
});

test("epochs run once per tempo", () => {
  const chain = chainOf(config({ consensus: { tempo: 100 } }));
  expect([0, 1, 9].map(chain.runBlock)).toEqual([100, 200, 1_000]);
});

test("a validator that stops setting weights becomes inactive", () => {
  const chain = chainOf(config({ consensus: { tempo: 100, activityCutoffBlocks: 250 } }));
  const active = [all(onFirst), ...Array.from({ length: 4 }, () => [onFirst, onFirst, null])].map(
    (sent) => chain.advance(sent).active[3],
  );
  // Sent at block 75; the epochs run at 100, 200, …
  expect(active).toEqual([true, true, true, false, false]);
});

test("a commit keeps a validator active although nobody sees its row", () => {
  const consensus = { tempo: 100, activityCutoffBlocks: 50 };
  const chain = chainOf(config({ consensus, revealEpochs: 3 }));
  expect(chain.advance([onFirst, null, null]).active.slice(1, 4)).toEqual([true, false, false]);
});

test("the last row sent is the one sent, revealed or not", () => {
  const chain = chainOf(config({ revealEpochs: 3 }));
  expect(chain.lastSent(0)).toEqual([]);
  chain.advance([onFirst, null, null]);
  chain.advance([null, onSecond, null]);
  expect([0, 1, 2].map(chain.lastSent)).toEqual([onFirst, onSecond, []]);
});

test("the owner holds a permit and nobody pays it for nothing", () => {
  const output = chainOf(config()).advance(all(onFirst));
  expect(output.validatorPermit).toEqual([true, true, true, true, false, false]);
  expect(output.emission[0]).toBe(0n);
});
