import type { MechanismInstance } from "../schema/rules-document.ts";
import type { WeightVector } from "../schema/snapshot.ts";
import { vectorOf } from "./vector-of.ts";

/**
 * A vector without the hotkeys that are not registered.
 *
 * `burn`: their shares burn. `redistribute`: they go to the hotkeys that are left, in proportion; with none left they burn
 * all the same. The share that burns anyway stays what it was.
 *
 * @param isRegistered tells whether a hotkey has a uid now.
 */
export function withoutMissing(
  vector: WeightVector,
  {
    isRegistered,
    missing,
  }: { isRegistered: (hotkey: string) => boolean; missing: MechanismInstance["missing"] },
): WeightVector {
  const present = vector.entries.filter(({ hotkey }) => isRegistered(hotkey));
  if (present.length === vector.entries.length) return vector;
  const paid = sumOfShares(vector.entries);
  const left = sumOfShares(present);
  const isSpread = missing === "redistribute" && left > 0n;
  return vectorOf({
    policy: vector.policy,
    amounts: present.map(({ hotkey, share }) => [hotkey, BigInt(share) * (isSpread ? paid : 1n)]),
    burn: isSpread ? BigInt(vector.burn) * left : BigInt(vector.burn) + paid - left,
  });
}

function sumOfShares(entries: WeightVector["entries"]): bigint {
  return entries.reduce((sum, { share }) => sum + BigInt(share), 0n);
}
