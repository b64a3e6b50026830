import { assertWhole } from "../assert-whole.ts";
import { CoreError } from "../errors.ts";
import type { BlockPace } from "./block-pace.ts";

/** A time that is not measured but expected. */
export type EstimatedTime = {
  /** Unix time, milliseconds, whole. */
  readonly timeMs: number;
  /** Two standard errors: the true time is within ± this in about 95 of 100 cases, if the pace stays. */
  readonly uncertaintyMs: number;
};

/**
 * When a block comes, or came: t = t_ref + (b − b_ref)·mean, ± 2·√((h·error)² + h·spread²) with h = |b − b_ref|.
 *
 * Display only; no rule reads it. At 12.05 s instead of 12 s a block, 14 days end 84 minutes later than planned.
 *
 * @param pace see {@link blockPace}.
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function estimateTime(pace: BlockPace, block: number): EstimatedTime {
  assertWhole("block", block);
  const blocks = block - pace.reference.block;
  const timeMs = Math.round(pace.reference.timeMs + blocks * pace.msPerBlock);
  return { timeMs, uncertaintyMs: Math.ceil(uncertainty(pace, Math.abs(blocks))) };
}

/** A height that is not read but expected. */
export type EstimatedBlock = {
  readonly block: number;
  /** Two standard errors, in blocks, rounded up. */
  readonly uncertaintyBlocks: number;
};

/**
 * The height at a moment: the inverse of {@link estimateTime}, the last block that is expected by then, not below 0.
 *
 * @param timeMs Unix time, milliseconds, finite.
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function estimateBlock(pace: BlockPace, timeMs: number): EstimatedBlock {
  if (!Number.isFinite(timeMs))
    throw new CoreError({
      code: "CORE_OUT_OF_RANGE",
      name: "timeMs",
      value: String(timeMs),
      range: "finite",
    });
  const blocks = Math.floor((timeMs - pace.reference.timeMs) / pace.msPerBlock);
  const uncertaintyBlocks = Math.ceil(uncertainty(pace, Math.abs(blocks)) / pace.msPerBlock);
  return { block: Math.max(0, pace.reference.block + blocks), uncertaintyBlocks };
}

function uncertainty({ errorMs, spreadMs }: BlockPace, blocks: number): number {
  return 2 * Math.sqrt((blocks * errorMs) ** 2 + blocks * spreadMs ** 2);
}
