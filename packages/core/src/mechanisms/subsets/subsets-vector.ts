import { overCommonDenominator } from "../../exact/common-denominator.ts";
import { rational, toNumber } from "../../exact/rational.ts";
import type { SubsetsParameters } from "../../schema/mechanism-parameters.ts";
import type { WeightVector } from "../../schema/snapshot.ts";
import { vectorOf } from "../../weights/vector-of.ts";
import type { SubsetCandidate } from "./candidate.ts";
import { type SubsetPoints, subsetPoints } from "./points.ts";
import { softmaxParts } from "./softmax.ts";

/**
 * The vector of a subsets instance: shares in proportion to points, see {@link subsetPoints}.
 *
 * `assay`: points of holes burn if the policy says so, and with nobody eligible everything burns. `source`: the softmax of
 * the points instead, which pays agents without points too. Remainders go to the earlier committer.
 *
 * @param candidates hotkeys unique, one record per environment, any order.
 * @throws CoreError CORE_DUPLICATE, CORE_LENGTH_MISMATCH, CORE_OUT_OF_RANGE.
 */
export function subsetsVector(
  candidates: readonly SubsetCandidate[],
  parameters: SubsetsParameters,
): WeightVector {
  const given = subsetPoints(candidates, parameters);
  return vectorOf({
    policy: "subsets",
    ...(parameters.preset === "source" ? softened(given) : proportional(given)),
  });
}

type Amounts = { amounts: [hotkey: string, amount: bigint][]; burn: bigint };

/** The burn is one more amount, last. */
function proportional({ points, burn }: SubsetPoints): Amounts {
  const parts = overCommonDenominator([...points.map((entry) => entry.points), rational(burn)]);
  return {
    amounts: points.map(({ hotkey }, index) => [hotkey, parts[index] ?? 0n]),
    burn: parts.at(-1) ?? 0n,
  };
}

function softened({ points }: SubsetPoints): Amounts {
  const parts = softmaxParts(points.map((entry) => toNumber(entry.points)));
  return { amounts: points.map(({ hotkey }, index) => [hotkey, parts[index] ?? 0n]), burn: 0n };
}
