import { assertWhole } from "../../assert-whole.ts";
import type { Scores, Shares, SimulatedMechanism } from "../types.ts";

/**
 * Every validator for itself: shares in proportion to score^power, as in continuous challenges.
 *
 * No score counts as 0; if every score is 0, everything burns.
 *
 * @param power whole, 1 or more: how steeply better work is paid.
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function proportional({ power = 1 }: { power?: number } = {}): SimulatedMechanism {
  assertWhole("power", power, 1);
  return {
    decidedBy: "validator",
    start:
      () =>
      ({ scores }) =>
        proportionalShares(scores, power),
  };
}

/** score^power / Σ score^power. */
export function proportionalShares(scores: Scores, power: number): Shares {
  const shares = new Float64Array(scores.length);
  let total = 0;
  for (let miner = 0; miner < shares.length; miner += 1) {
    const score = scores[miner] ?? 0;
    const worth = score > 0 ? raised(score, power) : 0;
    shares[miner] = worth;
    total += worth;
  }
  if (total === 0) return shares;
  for (let miner = 0; miner < shares.length; miner += 1) shares[miner] = (shares[miner] ?? 0) / total;
  return shares;
}

/** By multiplication, which rounds the same on every machine. */
function raised(base: number, power: number): number {
  let product = base;
  for (let k = 1; k < power; k += 1) product *= base;
  return product;
}
