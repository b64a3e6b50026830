import type { Head } from "../head.ts";
import type { Node } from "../read/view.ts";
import { withDeadline } from "../rpc/deadline.ts";
import type { Link } from "../rpc/link.ts";
import { shownEndpoint } from "../rpc/shown-endpoint.ts";
import type { SetWeightsOutcome } from "../weights.ts";

/** What another endpoint says about a block the first one calls finalised. */
export type Testimony =
  | { readonly kind: "alone" }
  | { readonly kind: "agrees"; readonly endpoint: string }
  | { readonly kind: "silent"; readonly reason: string }
  | { readonly kind: "contradicts"; readonly says: string };

/**
 * Asks a second endpoint, if there is one, whether the same block is finalised there and shows the same: a single
 * node may be on a fork of its own, or lie.
 */
export async function secondOpinion(
  { link, runtimes }: Node,
  { included, withinMs }: { included: Head; withinMs: number },
  verdictAt: (node: Node) => Promise<SetWeightsOutcome | null>,
): Promise<Testimony> {
  const other = link.elsewhere();
  if (other === undefined) return { kind: "alone" };
  const endpoint = shownEndpoint(other.endpoint);
  const late = () => new Error(`${endpoint} has not finalised block ${included.block} in time`);
  try {
    const says = await withDeadline(objection(other, included), withinMs, late);
    if (says !== undefined) return { kind: "contradicts", says };
    const verdict = await verdictAt({ link: other, runtimes });
    return verdict === null ? { kind: "agrees", endpoint } : { kind: "contradicts", says: wordsOf(verdict) };
  } catch (error) {
    link.distrust(other.endpoint);
    return { kind: "silent", reason: error instanceof Error ? error.message : String(error) };
  } finally {
    await other.close();
  }
}

/** Waits until the other endpoint has finalised the height, and compares the block there. */
async function objection(other: Link, { block, hash }: Head): Promise<string | undefined> {
  for await (const head of other.finalised.read()) {
    if (head.block < block) continue;
    const found = String(await other.ask("chain_getBlockHash", block));
    return found === hash
      ? undefined
      : `${shownEndpoint(other.endpoint)} has finalised ${found} at ${block}, not ${hash}`;
  }
  return undefined;
}

function wordsOf(verdict: SetWeightsOutcome): string {
  if (verdict.kind === "refused")
    return `a second endpoint shows otherwise: ${verdict.error}, ${verdict.message}`;
  return verdict.kind === "unknown" ? verdict.reason : "a second endpoint shows otherwise";
}
