import type { Dice } from "./dice.ts";

/** A whole number in [0, limit] of any magnitude: half of them near a power of two or the limit. */
export function operand(dice: Dice, limit: number): number {
  const power = 2 ** dice.between(0, Math.ceil(Math.log2(limit)));
  const near = dice.oneOf([power, limit]) + dice.between(-2, 2);
  const any = Math.floor(dice.real() * power) + dice.between(0, 1);
  return Math.min(limit, Math.max(0, dice.chance(0.5) ? near : any));
}

/**
 * Pairs of operands, the same for the same dice. Half of the first operands are replaced by one that `aimed` chooses
 * for the second, where the result is about to change.
 */
export function* pairs(
  dice: Dice,
  {
    count,
    limits,
    aimed,
  }: { count: number; limits: readonly [number, number]; aimed: (b: number) => number },
): Generator<readonly [number, number]> {
  for (let k = 0; k < count; k += 1) {
    const b = operand(dice, limits[1]);
    const a = dice.chance(0.5) ? operand(dice, limits[0]) : aimed(b) + dice.between(-1, 1);
    yield [Math.min(limits[0], Math.max(0, a)), b];
  }
}
