import type { SubsetsParameters } from "../../../schema/mechanism-parameters.ts";
import type { EnvironmentRecord, SubsetCandidate } from "../candidate.ts";

type Points = { points: Map<string, number>; burn: number; holes: number };

/** The rule as it is written down, subset by subset and pair by pair: for small fields only. */
export function bruteForcePoints(
  candidates: readonly SubsetCandidate[],
  { preset, holes: policy, environments }: SubsetsParameters,
): Points {
  const ordered = candidates.toSorted(
    (a, b) => a.committedAtBlock - b.committedAtBlock || a.sequence - b.sequence,
  );
  const result: Points = { points: new Map(ordered.map(({ hotkey }) => [hotkey, 0])), burn: 0, holes: 0 };
  const pay = (winners: readonly SubsetCandidate[], points: number) => {
    for (const { hotkey } of winners)
      result.points.set(hotkey, (result.points.get(hotkey) ?? 0) + points / winners.length);
  };
  for (const subset of subsetsOf(environments.length)) {
    const winner = ordered.find((one) =>
      ordered.every((other) => other === one || prevails(one, other, subset, preset)),
    );
    const unbeaten = ordered.filter((one) =>
      ordered.every((other) => !comesAfter(other, one, preset) || !beatsOnAll(other, one, subset, preset)),
    );
    if (winner !== undefined) pay([winner], subset.length);
    else {
      result.holes += 1;
      const takers = policy === "earliest" ? unbeaten.slice(0, 1) : policy === "split" ? unbeaten : [];
      if (preset === "assay" && takers.length > 0) pay(takers, subset.length);
      else if (preset === "assay") result.burn += subset.length;
    }
  }
  return result;
}

function subsetsOf(count: number): number[][] {
  const all = Array.from({ length: count }, (_, e) => e);
  return all.reduce<number[][]>((sets, e) => [...sets, ...sets.map((set) => [...set, e])], [[]]).slice(1);
}

/** In `source` an agent of the same block counts as later, seen from either side. */
function comesAfter(other: SubsetCandidate, one: SubsetCandidate, preset: string): boolean {
  if (other === one) return false;
  if (preset === "source") return one.committedAtBlock <= other.committedAtBlock;
  return (
    one.committedAtBlock < other.committedAtBlock ||
    (one.committedAtBlock === other.committedAtBlock && one.sequence < other.sequence)
  );
}

function prevails(one: SubsetCandidate, other: SubsetCandidate, subset: number[], preset: string): boolean {
  return comesAfter(other, one, preset)
    ? !beatsOnAll(other, one, subset, preset)
    : beatsOnAll(one, other, subset, preset);
}

function beatsOnAll(
  later: SubsetCandidate,
  earlier: SubsetCandidate,
  subset: number[],
  preset: string,
): boolean {
  return subset.every((e) => rate(later.records[e]!) > threshold(earlier.records[e]!, preset));
}

function rate({ successes, episodes }: EnvironmentRecord): number {
  return successes / episodes;
}

function threshold(record: EnvironmentRecord, preset: string): number {
  const p = rate(record);
  const q = Math.min(Math.max(p, 0.01), 0.99);
  const gap = Math.min(Math.max(1.5 * Math.sqrt((q * (1 - q)) / record.episodes), 0.02), 0.1);
  return preset === "source" ? Math.min(p + gap, 1) : p + Math.min(gap, (1 - p) / 2);
}
