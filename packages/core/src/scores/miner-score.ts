import { assertWhole } from "../assert-whole.ts";
import { CoreError } from "../errors.ts";

/** Whose score it is: a hotkey as it is registered now, in one type. A re-registered hotkey and another type start anew. */
export type ScoreOwner = {
  readonly hotkey: string;
  readonly registeredAtBlock: number;
  readonly type: string;
};

/** A miner's score over time, as it is kept between rounds. */
export type MinerScore = {
  /** V, 0 or more. */
  readonly score: number;
  /** Block of the last valid answer, moved on by every half-life that was already taken off. */
  readonly idleSinceBlock: number;
};

/** Hotkeys and types are words, so that the key has one reading. */
const WORD = /^[^\s/]+$/;

/**
 * The one text a score is kept under: hotkey, registration block and type.
 *
 * @throws CoreError CORE_OUT_OF_RANGE for an empty word, one with a blank or slash, or a block that is not whole.
 */
export function scoreKey({ hotkey, registeredAtBlock, type }: ScoreOwner): string {
  assertWord("hotkey", hotkey);
  assertWord("type", type);
  assertWhole("registeredAtBlock", registeredAtBlock);
  return `${hotkey}/${registeredAtBlock}/${type}`;
}

/**
 * A score with every half-life taken off that has passed without a valid answer.
 *
 * score / 2^h, h = floor((block − idleSinceBlock) / halfLifeBlocks): nothing is lost until a whole half-life has
 * passed, so that a miner loses nothing between two draws. Doing it twice at the same block changes nothing more.
 *
 * @param block of now; before `idleSinceBlock` nothing is taken off.
 * @param halfLifeBlocks whole, 1 or more; null never halves (`source`).
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function afterIdleness(
  { score, idleSinceBlock }: MinerScore,
  { block, halfLifeBlocks }: { block: number; halfLifeBlocks: number | null },
): MinerScore {
  assertWhole("block", block);
  if (halfLifeBlocks === null) return { score, idleSinceBlock };
  assertWhole("halfLifeBlocks", halfLifeBlocks, 1);
  const halvings = Math.max(0, Math.floor((block - idleSinceBlock) / halfLifeBlocks));
  return { score: score / 2 ** halvings, idleSinceBlock: idleSinceBlock + halvings * halfLifeBlocks };
}

function assertWord(name: string, value: string): void {
  if (WORD.test(value)) return;
  throw new CoreError({ code: "CORE_OUT_OF_RANGE", name, value, range: "one word without a slash" });
}
