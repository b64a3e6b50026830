import { factsOf } from "../errors.ts";
import { finalisedHeader, type Node, viewAt } from "../read/view.ts";
import type { ExtrinsicFate } from "../weights.ts";
import { dispatchOf } from "./dispatch.ts";
import { ERA_BLOCKS } from "./plan.ts";
import { type Place, Search } from "./search.ts";

/**
 * What finalised blocks say about an extrinsic that was signed, whether or not anybody saw an answer. The whole of the
 * longest era is looked at: a node that goes back on a finalised block may include it below the height it was signed at.
 */
export async function trackExtrinsic(
  node: Node,
  { hash, eraEnd, fromBlock }: { hash: string; eraEnd: number; fromBlock: number },
): Promise<ExtrinsicFate> {
  const { block: finalised } = await finalisedHeader(node.link);
  const from = Math.min(fromBlock, eraEnd - ERA_BLOCKS + 1);
  const search = new Search(node.link, { hash, from, last: eraEnd });
  const place = await search.upTo(finalised);
  if (place !== undefined) return fateAt(node, place);
  return finalised >= eraEnd ? { kind: "expired" } : { kind: "pending" };
}

async function fateAt(node: Node, { at, index }: Place): Promise<ExtrinsicFate> {
  try {
    const dispatch = await dispatchOf(await viewAt(node, at.hash), index);
    // An extrinsic without an event of its own has not been shown to succeed.
    const error = dispatch === undefined ? "NoDispatchEvent" : dispatch.error;
    return { kind: "included", at, success: error === null, error };
  } catch (error) {
    if (factsOf(error, "CHAIN_BLOCK_UNKNOWN") === undefined) throw error;
    // A node that lacks the block itself has forgotten nothing: it is another one, and behind.
    if ((await node.link.ask("chain_getBlockHash", at.block)) !== at.hash) throw error;
    return { kind: "forgotten", at };
  }
}
