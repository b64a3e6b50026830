/* oxlint-disable typescript/no-non-null-assertion -- numeric loops: every index is below the length it walks */
import { mulFloor } from "./multiply.ts";
import { normaliseEach } from "./vectors.ts";
import type { Workspace } from "./workspace.ts";

/**
 * T of `validatorTrust` and I of `incentive`, from V and A.
 *
 * A row of V sums to at most ONE and so does A, hence T, every mul(A, V) and their sum stay within [0, 2^32].
 */
export function fillIncentive({ clipped, activeStake, trust, incentive }: Workspace): void {
  const { start, uid, value } = clipped;
  incentive.fill(0);
  for (let i = 0; i < trust.length; i += 1) {
    const share = activeStake[i]!;
    let sum = 0;
    for (let k = start[i]!; k < start[i + 1]!; k += 1) {
      sum += value[k]!;
      incentive[uid[k]!]! += mulFloor(value[k]!, share);
    }
    trust[i] = sum;
  }
  normaliseEach(incentive);
}
