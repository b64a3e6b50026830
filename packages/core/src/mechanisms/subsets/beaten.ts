import type { Preset } from "../../schema/rules-document.ts";
import { byCommitment, rateOf, type SubsetCandidate } from "./candidate.ts";
import { environmentThreshold } from "./threshold.ts";

/** A set of environments: bit e stands for the environment at index e. */
export type EnvironmentMask = number;

/** What one candidate must do against the others. */
export type Duels = {
  readonly candidate: SubsetCandidate;
  /** Environments in which it beats every earlier one: it may win their subsets only. */
  readonly open: EnvironmentMask;
  /** For each that came later, the environments in which it beats this one: those subsets are lost. */
  readonly lost: readonly EnvironmentMask[];
};

/**
 * All duels between later and earlier agents, as one bit mask per pair.
 *
 * B(later, earlier) has bit e iff p(later, e) > T(earlier, e). A candidate's `open` is the intersection of B(it, o) over
 * every earlier o, all environments for the first; its `lost` are B(o, it) of every later o. In `source` those of the
 * same block count as later than each other, as its code has it; in `assay` receipt decides.
 *
 * @param candidates checked, any order.
 * @param environments number of environments, at most 16.
 * @returns earliest commitment first.
 */
export function duels(candidates: readonly SubsetCandidate[], preset: Preset, environments: number): Duels[] {
  const ordered = candidates.toSorted(byCommitment);
  const rates = ordered.map(({ records }) => records.map(rateOf));
  const bars = ordered.map(({ records }) => records.map((record) => environmentThreshold(preset, record)));
  const beaten = (later: number, earlier: number) => maskOf(rates[later] ?? [], bars[earlier] ?? []);
  const isEarlier = (a: number, b: number) =>
    a < b && (preset === "assay" || ordered[a]?.committedAtBlock !== ordered[b]?.committedAtBlock);
  const others = [...ordered.keys()];
  return ordered.map((candidate, c) => ({
    candidate,
    open: others
      .filter((o) => isEarlier(o, c))
      .reduce((mask, o) => mask & beaten(c, o), (1 << environments) - 1),
    lost: others.filter((o) => o !== c && !isEarlier(o, c)).map((o) => beaten(o, c)),
  }));
}

function maskOf(rates: readonly number[], bars: readonly number[]): EnvironmentMask {
  return rates.reduce((mask, rate, e) => (rate > (bars[e] ?? 1) ? mask | (1 << e) : mask), 0);
}
