import type { Signer } from "@assay/core";
import type { Chain } from "../types.ts";

/** What a check works with: a connected chain and the subnet to look at. */
export type Subject = {
  readonly chain: Chain;
  readonly netuid: number;
  /** Called whenever a check waits for blocks: where nobody else makes them, this must. */
  readonly onWait: () => void;
};

/** What a check that sends something works with. */
export type WriteSubject = Subject & { readonly mechid: number; readonly signer: Signer };

/** One claim about a node's behaviour; it throws what speaks against it, or says why it does not apply. */
export type Check<S extends Subject = Subject> = {
  readonly claim: string;
  readonly run: (subject: S) => Promise<NotApplicable | undefined>;
};

/** Why a claim says nothing about this subnet. */
export type NotApplicable = { readonly because: string };

/** How a check ended; no problem and not skipped is well. */
export type CheckResult = {
  readonly claim: string;
  readonly problem: string | null;
  readonly skipped: string | null;
};

/** Runs checks one after the other; a failure does not end the rest. */
export async function runChecks<S extends Subject>(
  checks: readonly Check<S>[],
  subject: S,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) results.push(await resultOf(check, subject));
  return results;
}

async function resultOf<S extends Subject>({ claim, run }: Check<S>, subject: S): Promise<CheckResult> {
  try {
    const skipped = await run(subject);
    return { claim, problem: null, skipped: skipped?.because ?? null };
  } catch (error) {
    return { claim, problem: error instanceof Error ? error.message : String(error), skipped: null };
  }
}

/** Refuses a claim that does not hold. */
export function hold(isTrue: boolean, otherwise: string): asserts isTrue {
  if (!isTrue) throw new Error(otherwise);
}

/** Follows finalised blocks until something is so, for so many blocks at the most. */
export async function waitUntil(
  { chain, onWait }: Subject,
  isSo: (block: number) => Promise<boolean>,
  mostBlocks: number,
): Promise<void> {
  let last: number | undefined;
  for await (const { block } of chain.finalisedHeads()) {
    if (await isSo(block)) return;
    last ??= block + mostBlocks;
    hold(block < last, `waited for ${mostBlocks} blocks in vain`);
    onWait();
  }
}
