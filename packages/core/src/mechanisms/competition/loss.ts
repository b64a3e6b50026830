import { assertWhole } from "../../assert-whole.ts";

/** What is known of a leadership that goes on. */
export type LeaderStanding = {
  /** First block of it. */
  readonly fromBlock: number;
  /** Cycles in a row, up to the newest, in which the leader missed the thresholds. */
  readonly missedCycles: number;
  /** Block since which its hotkey has been without a slot; null while it is registered. */
  readonly absentSinceBlock: number | null;
};

/** How long a leader is still paid in full. */
export type LossRules = {
  /** Cycles in a row a leader may miss the thresholds before it is lost: 2 by default, at least 1. */
  readonly graceCycles: number;
  /** Blocks its hotkey may be absent from chain: 7,200 by default. */
  readonly graceBlocks: number;
  /** Longest leadership; null without end. */
  readonly maxTenureBlocks: number | null;
};

/** From which block on a leader's points halve, and why. */
export type Loss = {
  readonly lostAtBlock: number;
  readonly because: "below-thresholds" | "absent" | "tenure";
};

/**
 * Whether a leader is lost at a block: by absence from absentSinceBlock + graceBlocks on, by age from fromBlock +
 * maxTenureBlocks on, and by its figures as soon as it has missed the thresholds in graceCycles cycles in a row.
 *
 * Blocks of absence and age do not depend on when somebody looks; of several causes the earliest block counts, and of
 * equals absence, then age. How much it is still paid, see `decayedPoints`.
 *
 * @param leadership whole blocks and counts, none negative, none after `block`.
 * @param rules whole; `graceCycles` 1 or more.
 * @param block finalised block now; what is lost by its figures is lost from it on.
 * @returns null while the leader has all its points.
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function leaderLoss(leadership: LeaderStanding, rules: LossRules, block: number): Loss | null {
  assertPlausible(leadership, rules, block);
  const { fromBlock, missedCycles, absentSinceBlock } = leadership;
  const { graceCycles, graceBlocks, maxTenureBlocks } = rules;
  const losses: Loss[] = [];
  if (absentSinceBlock !== null)
    losses.push({ lostAtBlock: absentSinceBlock + graceBlocks, because: "absent" });
  if (maxTenureBlocks !== null) losses.push({ lostAtBlock: fromBlock + maxTenureBlocks, because: "tenure" });
  if (missedCycles >= graceCycles) losses.push({ lostAtBlock: block, because: "below-thresholds" });
  const due = losses.filter(({ lostAtBlock }) => lostAtBlock <= block);
  return due.toSorted((a, b) => a.lostAtBlock - b.lostAtBlock)[0] ?? null;
}

function assertPlausible(leadership: LeaderStanding, rules: LossRules, block: number): void {
  assertWhole("fromBlock", leadership.fromBlock);
  assertWhole("missedCycles", leadership.missedCycles);
  assertWhole("absentSinceBlock", leadership.absentSinceBlock ?? 0);
  assertWhole("block", block, Math.max(leadership.fromBlock, leadership.absentSinceBlock ?? 0));
  assertWhole("graceCycles", rules.graceCycles, 1);
  assertWhole("graceBlocks", rules.graceBlocks);
  assertWhole("maxTenureBlocks", rules.maxTenureBlocks ?? 0);
}
