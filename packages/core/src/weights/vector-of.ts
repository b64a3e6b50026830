import { PPB } from "../schema/primitives.ts";
import type { WeightVector } from "../schema/snapshot.ts";
import { toPpb } from "./largest-remainder.ts";

/**
 * The weight vector that pays hotkeys in proportion to amounts and burns the rest.
 *
 * Shares in ppb by largest remainder over the amounts in the order given, then the burn. A hotkey whose share rounds
 * to nothing is left out. With no amount at all everything burns, and the policy then is `burn`.
 *
 * @param amounts by hotkey, each hotkey once, not negative, in any one unit.
 * @param burn in the same unit, not negative.
 * @throws CoreError CORE_OUT_OF_RANGE for a negative amount.
 */
export function vectorOf({
  policy,
  amounts,
  burn,
}: {
  policy: WeightVector["policy"];
  amounts: readonly (readonly [hotkey: string, amount: bigint])[];
  burn: bigint;
}): WeightVector {
  const weights = [...amounts.map(([, amount]) => amount), burn];
  if (weights.every((weight) => weight === 0n)) return { policy: "burn", entries: [], burn: PPB };
  const shares = toPpb(weights);
  const entries = amounts
    .map(([hotkey], index) => ({ hotkey, share: shares[index] ?? 0 }))
    .filter(({ share }) => share > 0);
  const burnt = shares.at(-1) ?? 0;
  return { policy: burnt === PPB ? "burn" : policy, entries, burn: burnt };
}
