import type { Chain } from "../types.ts";

/** What a check works with: a connected chain and the subnet to look at. */
export type Subject = { readonly chain: Chain; readonly netuid: number };

/** One claim about a node's behaviour; it throws what speaks against it. */
export type Check = { readonly claim: string; readonly run: (subject: Subject) => Promise<void> };

/** How a check ended; null is well. */
export type CheckResult = { readonly claim: string; readonly problem: string | null };

/** Runs checks one after the other; a failure does not end the rest. */
export async function runChecks(checks: readonly Check[], subject: Subject): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { claim, run } of checks) results.push({ claim, problem: await problemOf(() => run(subject)) });
  return results;
}

async function problemOf(run: () => Promise<void>): Promise<string | null> {
  try {
    await run();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Refuses a claim that does not hold. */
export function hold(isTrue: boolean, otherwise: string): asserts isTrue {
  if (!isTrue) throw new Error(otherwise);
}
