import { CoreError } from "../errors.ts";

/** Σ of rao amounts. */
export function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}

/** Refuses negative stake: CORE_OUT_OF_RANGE. */
export function assertStakes(holders: readonly { readonly stakeRao: bigint }[]): void {
  const negative = holders.find(({ stakeRao }) => stakeRao < 0n);
  if (negative === undefined) return;
  const value = String(negative.stakeRao);
  throw new CoreError({ code: "CORE_OUT_OF_RANGE", name: "stakeRao", value, range: "0 or more" });
}

/** The stakes as voices: themselves, or one each while all are zero. */
export function voices(stakes: readonly bigint[]): bigint[] {
  return stakes.some((stake) => stake > 0n) ? [...stakes] : stakes.map(() => 1n);
}
