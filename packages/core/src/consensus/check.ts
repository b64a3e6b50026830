import { CoreError } from "../errors.ts";
import { U16_MAX } from "./fixed.ts";
import type { EpochInput, SparseRow } from "./types.ts";

const U64_MAX = (1n << 64n) - 1n;
/** Stake is summed as I64F64, whose whole part has 63 bits. */
const MAX_TOTAL_STAKE = (1n << 63n) - 1n;

const PER_UID = ["stake", "blockAtRegistration", "validatorPermit", "weights", "bonds"] as const;

/** Range of each number of {@link EpochInput}. */
const NUMBER_RANGES = {
  n: [0, U16_MAX],
  block: [0, Number.MAX_SAFE_INTEGER],
  tempo: [0, U16_MAX],
  activityCutoffBlocks: [0, Number.MAX_SAFE_INTEGER],
  lastEpochRunBlock: [0, Number.MAX_SAFE_INTEGER],
  maxAllowedValidators: [0, U16_MAX],
  kappa: [0, U16_MAX],
  bondsPenalty: [0, U16_MAX],
  bondsMovingAverage: [0, Number.MAX_SAFE_INTEGER],
  alphaLow: [0, U16_MAX],
  alphaHigh: [0, U16_MAX],
  alphaSigmoidSteepness: [-32_768, 32_767],
} as const;

type NumberField = keyof typeof NUMBER_RANGES;

/**
 * Refuses an input that contradicts itself or that no chain could hold; called once, at the door of the epoch.
 *
 * @throws CoreError CORE_LENGTH_MISMATCH, CORE_OUT_OF_RANGE.
 */
export function checkEpochInput(input: EpochInput): void {
  for (const name of Object.keys(NUMBER_RANGES) as NumberField[]) {
    const [low, high] = NUMBER_RANGES[name];
    checkRange(name, input[name], { low, high });
  }
  for (const name of PER_UID) checkLength(name, input[name].length, input.n);
  if (input.commitReveal) checkLength("liveCommitBlock", input.liveCommitBlock.length, input.n);
  checkAmount("stakeThreshold", input.stakeThreshold, U64_MAX);
  checkAmount("raoEmission", input.raoEmission, U64_MAX);
  checkStake(input.stake);
  checkBlocks("lastUpdate", input.lastUpdate);
  checkBlocks("blockAtRegistration", input.blockAtRegistration);
  checkRows("weights", input.weights);
  checkRows("bonds", input.bonds);
}

function checkLength(name: string, actual: number, expected: number): void {
  if (actual !== expected) throw new CoreError({ code: "CORE_LENGTH_MISMATCH", name, expected, actual });
}

function checkRange(name: string, value: number, { low, high }: { low: number; high: number }): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw outOfRange(name, { value, low, high });
}

function checkAmount(name: string, value: bigint, high: bigint): void {
  if (value < 0n || value > high) throw outOfRange(name, { value, low: 0, high });
}

function checkStake(stake: readonly bigint[]): void {
  for (const [uid, amount] of stake.entries()) checkAmount(`stake[${uid}]`, amount, U64_MAX);
  const total = stake.reduce((a, b) => a + b, 0n);
  checkAmount("sum of stake", total, MAX_TOTAL_STAKE);
}

function checkBlocks(name: string, blocks: readonly number[]): void {
  const range = { low: 0, high: Number.MAX_SAFE_INTEGER };
  for (const [uid, block] of blocks.entries()) checkRange(`${name}[${uid}]`, block, range);
}

function checkRows(name: string, rows: readonly SparseRow[]): void {
  const range = { low: 0, high: U16_MAX };
  for (const [i, row] of rows.entries()) {
    for (const [j, value] of row) {
      checkRange(`${name}[${i}] uid`, j, range);
      checkRange(`${name}[${i}] of uid ${j}`, value, range);
    }
  }
}

function outOfRange(
  name: string,
  { value, low, high }: { value: number | bigint; low: number | bigint; high: number | bigint },
): CoreError {
  return new CoreError({ code: "CORE_OUT_OF_RANGE", name, value: String(value), range: `${low}..${high}` });
}
