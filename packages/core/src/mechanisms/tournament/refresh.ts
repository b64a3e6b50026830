import { CoreError } from "../../errors.ts";

/**
 * Whether the vector is to be computed again: never yet, or `refreshSeconds` ago or more.
 *
 * How often it is *sent* is another matter: once per epoch. A clock that was set back makes it due.
 *
 * @param at Unix times in milliseconds, finite; `lastMs` null if it was never computed.
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function isRefreshDue(at: { nowMs: number; lastMs: number | null; refreshSeconds: number }): boolean {
  const { nowMs, lastMs, refreshSeconds } = at;
  for (const [name, value] of Object.entries({ nowMs, lastMs: lastMs ?? 0, refreshSeconds }))
    if (!Number.isFinite(value))
      throw new CoreError({ code: "CORE_OUT_OF_RANGE", name, value: String(value), range: "finite" });
  return lastMs === null || nowMs < lastMs || nowMs - lastMs >= refreshSeconds * 1000;
}
