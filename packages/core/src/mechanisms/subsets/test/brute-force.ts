import type { SubsetsParameters } from "../../../schema/mechanism-parameters.ts";
import type { EnvironmentRecord, SubsetCandidate } from "../candidate.ts";

type Points = { points: Map<string, number>; burn: number; holes: number };
type Relation = (one: SubsetCandidate, other: SubsetCandidate) => boolean;

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
  const isAfter = preset === "source" ? isAfterInSource : isAfterByReceipt;
  for (const subset of subsetsOf(environments.length)) {
    const beats: Relation = (later, earlier) =>
      subset.every((e) => rate(later.records[e]) > threshold(earlier.records[e], preset));
    const prevails: Relation = (one, other) => (isAfter(other, one) ? !beats(other, one) : beats(one, other));
    const holds: Relation = (one, other) => !isAfter(other, one) || !beats(other, one);
    const againstAll = (one: SubsetCandidate, relation: Relation) =>
      ordered.every((other) => other === one || relation(one, other));
    const winner = ordered.find((one) => againstAll(one, prevails));
    if (winner !== undefined) {
      pay([winner], subset.length);
      continue;
    }
    result.holes += 1;
    const unbeaten = ordered.filter((one) => againstAll(one, holds));
    const takers = { burn: [], earliest: unbeaten.slice(0, 1), split: unbeaten }[policy];
    if (preset === "assay" && takers.length > 0) pay(takers, subset.length);
    else if (preset === "assay") result.burn += subset.length;
  }
  return result;
}

function subsetsOf(count: number): number[][] {
  const all = Array.from({ length: count }, (_, e) => e);
  return all.reduce<number[][]>((sets, e) => [...sets, ...sets.map((set) => [...set, e])], [[]]).slice(1);
}

/** Seen from either side, the other of the same block counts as later. */
function isAfterInSource(other: SubsetCandidate, one: SubsetCandidate): boolean {
  return one.committedAtBlock <= other.committedAtBlock;
}

function isAfterByReceipt(other: SubsetCandidate, one: SubsetCandidate): boolean {
  const isSameBlock = one.committedAtBlock === other.committedAtBlock;
  return isSameBlock ? one.sequence < other.sequence : one.committedAtBlock < other.committedAtBlock;
}

function rate(record: EnvironmentRecord | undefined): number {
  return record === undefined ? Number.NaN : record.successes / record.episodes;
}

function threshold(record: EnvironmentRecord | undefined, preset: string): number {
  const p = rate(record);
  const q = Math.min(Math.max(p, 0.01), 0.99);
  const gap = Math.min(Math.max(1.5 * Math.sqrt((q * (1 - q)) / (record?.episodes ?? 0)), 0.02), 0.1);
  return preset === "source" ? Math.min(p + gap, 1) : p + Math.min(gap, (1 - p) / 2);
}
