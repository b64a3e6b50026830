import { CoreError } from "../errors.ts";

/** A finalised block and the time it states. */
export type BlockStamp = {
  readonly block: number;
  /** Unix time, milliseconds. */
  readonly timeMs: number;
};

/** How fast blocks came lately: all that times are estimated from. */
export type BlockPace = {
  /** The newest block observed. */
  readonly reference: BlockStamp;
  /** Mean time per block. */
  readonly msPerBlock: number;
  /** Standard error of that mean. */
  readonly errorMs: number;
  /** Standard deviation of one block's time. */
  readonly spreadMs: number;
};

/** A mean and its error need three intervals' ends at least. */
const LEAST_STAMPS = 3;

/**
 * The pace of the chain from blocks observed.
 *
 * With d_k the time and n_k the blocks from one stamp to the next: mean = Σ d_k / Σ n_k; spread² =
 * Σ (d_k − mean·n_k)² / n_k / (K − 1); error = spread / √Σ n_k. Stamps spread evenly over the last 7,200 blocks are a good
 * choice: a day, so that neither an hour's trouble nor last month decides.
 *
 * @param stamps three or more, blocks and times strictly growing.
 * @throws CoreError CORE_EMPTY for fewer, CORE_OUT_OF_RANGE for a step that does not grow or is not finite.
 */
export function blockPace(stamps: readonly BlockStamp[]): BlockPace {
  const reference = stamps.at(-1);
  if (reference === undefined || stamps.length < LEAST_STAMPS)
    throw new CoreError({ code: "CORE_EMPTY", name: "stamps" }, "A pace takes three observed blocks.");
  const steps = stepsOf(stamps);
  const blocks = sum(steps.map((step) => step.blocks));
  const msPerBlock = sum(steps.map((step) => step.ms)) / blocks;
  const squares = steps.map((step) => (step.ms - msPerBlock * step.blocks) ** 2 / step.blocks);
  const spreadMs = Math.sqrt(sum(squares) / (steps.length - 1));
  return { reference, msPerBlock, errorMs: spreadMs / Math.sqrt(blocks), spreadMs };
}

function stepsOf(stamps: readonly BlockStamp[]): { blocks: number; ms: number }[] {
  return stamps.slice(1).map((stamp, index) => {
    const before = stamps[index] ?? stamp;
    const [blocks, ms] = [stamp.block - before.block, stamp.timeMs - before.timeMs];
    if (!Number.isSafeInteger(blocks) || blocks < 1) throw outOfRange("blocks of a step", blocks);
    if (!(ms > 0 && Number.isFinite(ms))) throw outOfRange("time of a step", ms);
    return { blocks, ms };
  });
}

function outOfRange(name: string, value: number): CoreError {
  return new CoreError({ code: "CORE_OUT_OF_RANGE", name, value: String(value), range: "finite, growing" });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
