import type { EpochInput, SparseRow } from "../../types.ts";
import { type Dice, diceOf } from "./dice.ts";

const U64_MAX = (1n << 64n) - 1n;
const TOTAL_STAKE = (1n << 63n) - 1n;

/** Draws a value; the styles below decide what an epoch is made of, so that ties and extremes meet often. */
type Draw<Value = number> = () => Value;

/**
 * A random state of a subnet, the same for the same seed.
 *
 * Of 100 epochs 95 have up to 32 uids, the others up to 96. Every parameter takes its extremes, its usual values and
 * anything between; blocks cluster around the edges of the masks; rows are sorted or not, with explicit zeros, zero
 * sums, uids beyond the last and now and then a uid twice; stakes are equal, tiny, huge or none.
 */
export function randomEpoch(seed: number): EpochInput {
  const dice = diceOf(seed);
  const n = dice.chance(0.95) ? Math.floor(33 * dice.real() ** 2) : dice.between(33, 96);
  const u16 = u16Of(dice);
  const blocks = blocksOf(dice);
  const registered = dice.chance(0.6) ? () => dice.oneOf([0, 0, 0, blocks()]) : blocks;
  const rows = rowsOf(dice, n);
  return {
    ...parametersOf(dice, u16),
    n,
    block: blocks(),
    tempo: dice.oneOf([0, 1, 100, 360, dice.between(0, 65_535)]),
    activityCutoffBlocks: dice.oneOf([3, 5_000, 5_000, dice.between(0, 100)]),
    lastEpochRunBlock: dice.oneOf([0, blocks(), blocks()]),
    maxAllowedValidators: dice.oneOf([0, 64, 64, dice.between(0, n + 1), 65_535]),
    ownerUid: dice.oneOf([null, null, dice.between(0, n + 1), 0]),
    stakeThreshold: dice.chance(0.7) ? 0n : dice.oneOf([1n, 1_000n, 10n ** 15n, U64_MAX]),
    stake: stakesOf(dice, n),
    lastUpdate: times(dice.oneOf([n, n, n, n, n, n, n, 0, n + 2, Math.max(0, n - 1)]), blocks),
    blockAtRegistration: times(n, registered),
    validatorPermit: times(n, permitOf(dice)),
    weights: rows(),
    bonds: dice.chance(0.2) ? times(n, (): SparseRow => []) : rows(),
    commitReveal: dice.chance(0.3),
    liveCommitBlock: times(n, () => (dice.chance(0.3) ? null : blocks())),
  };
}

function parametersOf(dice: Dice, u16: Draw) {
  return {
    kappa: dice.oneOf([32_767, 32_767, 32_767, 32_768, 0, 65_535, u16()]),
    bondsPenalty: dice.oneOf([65_535, 65_535, 0, 1, u16()]),
    bondsMovingAverage: dice.oneOf([
      900_000,
      975_000,
      0,
      1_000_000,
      dice.between(0, 1_000_000),
      rareAverage(dice),
    ]),
    yuma3: dice.chance(0.7),
    liquidAlpha: dice.chance(0.6),
    alphaLow: dice.oneOf([45_875, u16()]),
    alphaHigh: dice.oneOf([58_982, u16()]),
    alphaSigmoidSteepness: dice.oneOf([1_000, 0, 2_500, -32_768, 32_767, dice.between(-32_768, 32_767)]),
    raoEmission: dice.oneOf([
      1_000_000_000n,
      0n,
      1n,
      (1n << 53n) - 1n,
      1n << 53n,
      U64_MAX,
      BigInt(dice.between(0, 10 ** 12)),
    ]),
  };
}

/** Rarely above the whole, which only a broken chain could hold. */
function rareAverage(dice: Dice): number {
  return dice.chance(0.05) ? dice.between(1_000_001, Number.MAX_SAFE_INTEGER) : dice.between(0, 1_000);
}

function u16Of(dice: Dice): Draw {
  return dice.oneOf<Draw>([
    () => dice.between(0, 65_535),
    () => dice.oneOf([0, 1, 2, 32_767, 32_768, 65_534, 65_535]),
    () => dice.between(0, 3),
    () => dice.oneOf([0, 65_535]),
    () => 2 ** dice.between(0, 15),
  ]);
}

function blocksOf(dice: Dice): Draw {
  const around = dice.oneOf([10, 1_000, 8_000_000, Number.MAX_SAFE_INTEGER - 50]);
  const spread = dice.oneOf([2, 5, 10, 10]);
  return () => around + dice.between(-spread, spread);
}

function permitOf(dice: Dice): Draw<boolean> {
  const share = dice.oneOf([1, 1, 0.9, 0.5, 0.2]);
  return () => dice.chance(share);
}

function stakesOf(dice: Dice, n: number): bigint[] {
  const bits = dice.oneOf([1, 3, 10, 45, 50, 55, 62]);
  const share = BigInt(dice.between(1, 10 ** 9)) << BigInt(Math.max(0, bits - 30));
  const draw = dice.oneOf<Draw<bigint>>([
    () => share,
    () => BigInt(Math.floor(dice.real() * 2 ** bits)),
    () =>
      dice.chance(0.5) ? 0n : BigInt(Math.floor(dice.real() * 2 ** 53)) << BigInt(Math.max(0, bits - 53)),
    () => 1n << BigInt(dice.between(0, bits)),
  ]);
  const stakes = times(n, () => (dice.chance(0.1) ? 0n : draw()));
  const total = stakes.reduce((a, b) => a + b, 0n);
  return total > TOTAL_STAKE ? stakes.map((stake) => stake >> 8n) : stakes;
}

/** Sets of rows in the style of one subnet. */
function rowsOf(dice: Dice, n: number): Draw<SparseRow[]> {
  const density = dice.oneOf([0.1, 0.5, 0.9, 1]);
  const setters = dice.oneOf([1, 1, 0.7, 0.3]);
  const order = dice.oneOf(["ascending", "ascending", "ascending", "random", "descending"] as const);
  const width = dice.chance(0.2) ? n + 2 : n;
  const row = (value: Draw): SparseRow => {
    const uids = Array.from({ length: width }, (_, uid) => uid).filter(() => dice.chance(density));
    if (dice.chance(0.001)) uids.push(...uids.slice(0, 1));
    if (order === "descending") uids.reverse();
    const ordered = order === "random" ? dice.shuffled(uids) : uids;
    return ordered.map((uid) => [uid, value()] as const);
  };
  return () => {
    const value = u16Of(dice);
    return times(n, (): SparseRow => (dice.chance(setters) ? row(value) : []));
  };
}

function times<Value>(count: number, draw: Draw<Value>): Value[] {
  return Array.from({ length: count }, () => draw());
}
