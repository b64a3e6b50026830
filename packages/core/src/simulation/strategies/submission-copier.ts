import { assertWhole } from "../../assert-whole.ts";
import type { Artefact, MinerStrategy } from "../types.ts";

/**
 * A miner that submits the best artefact of `lag` epochs ago as its own; before there is one, something worthless.
 *
 * @param copy lag, 1 or more epochs; disguised: it changes bytes that do not matter, so that the hash is new.
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function submissionCopier({
  lag,
  disguised = true,
}: {
  lag: number;
  disguised?: boolean;
}): MinerStrategy {
  assertWhole("lag", lag, 1);
  return {
    name: disguised ? "submission copier, disguised" : "submission copier",
    start: ({ hotkey }) => {
      let own: Artefact = { content: `${hotkey}@nothing`, quality: 0 };
      let taken: Artefact | undefined;
      return ({ best }) => {
        const found = best(lag);
        if (found === undefined || found === own || found === taken) return own;
        taken = found;
        own = disguised ? { content: `${found.content}~${hotkey}`, quality: found.quality } : found;
        return own;
      };
    },
  };
}
