import { assertUnique } from "../../assert-unique.ts";
import { overCommonDenominator } from "../../exact/common-denominator.ts";
import type { ChallengeParameters } from "../../schema/mechanism-parameters.ts";
import type { WeightVector } from "../../schema/snapshot.ts";
import { afterIdleness, type MinerScore, type ScoreOwner, scoreKey } from "../../scores/miner-score.ts";
import { typeShares } from "../../scores/type-shares.ts";
import { vectorOf } from "../../weights/vector-of.ts";
import { challengeRules } from "./rules.ts";

/** Everything the vector of a challenge instance depends on. */
export type ChallengeVectorInput = {
  readonly block: number;
  readonly parameters: ChallengeParameters;
  /** Who is registered now, each in the type it is declared as now; hotkeys unique, any order. */
  readonly miners: readonly ScoreOwner[];
  /** V by `scoreKey`; those of nobody registered now, or of another type than declared, do not count. */
  readonly scores: ReadonlyMap<string, MinerScore>;
};

/**
 * The vector of a challenge instance: scores L1-normalised within each type, times the type's share.
 *
 * V loses the half-lives it was idle up to `block` (`afterIdleness`); then `typeShares`: what is below `minScore`
 * weighs nothing, one miner gets at most `minerCap` of its type's share, the rest of a capped or empty type burns (or goes to
 * the other types, if `emptyType` says so). With no score anywhere everything burns. Remainders go to the earlier
 * registration, then by hotkey.
 *
 * @throws CoreError CORE_DUPLICATE, CORE_OUT_OF_RANGE.
 * @see BitMind SN34, incentive mechanism, weights.
 */
export function challengeVector({ block, parameters, miners, scores }: ChallengeVectorInput): WeightVector {
  assertUnique(
    "hotkeys",
    miners.map(({ hotkey }) => hotkey),
  );
  const rules = challengeRules(parameters);
  const idle = { block, halfLifeBlocks: rules.scores.idleHalfLifeBlocks };
  const ordered = miners.toSorted(byRegistration);
  const standings = ordered.map((miner) => {
    const kept = scores.get(scoreKey(miner));
    return { type: miner.type, score: kept === undefined ? 0 : afterIdleness(kept, idle).score };
  });
  const { shares, burn } = typeShares(standings, rules.types);
  const parts = overCommonDenominator([...shares, burn]);
  return vectorOf({
    policy: "scores",
    amounts: ordered.map(({ hotkey }, index) => [hotkey, parts[index] ?? 0n]),
    burn: parts.at(-1) ?? 0n,
  });
}

function byRegistration(a: ScoreOwner, b: ScoreOwner): number {
  return a.registeredAtBlock - b.registeredAtBlock || (a.hotkey < b.hotkey ? -1 : 1);
}
