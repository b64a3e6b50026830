import { ChainError, type Commit, type Head } from "@assay/chain";
import type { Intent, SignedBytes } from "../store/intent.ts";
import { reading, type WeightsContext } from "./context.ts";

type Step = { readonly intent: Intent; readonly signal: AbortSignal };

/** What the chain shows of an included extrinsic's commit. */
export type Finding =
  | { readonly kind: "found"; readonly at: Head; readonly commit: Commit }
  | { readonly kind: "missing"; readonly problem: string }
  /** It committed nothing: the row itself is to be looked at. */
  | { readonly kind: "none" };

type Sought = {
  readonly signed: SignedBytes;
  readonly at: Head;
  /** The newest finalised block. */
  readonly head: Head;
  readonly signal: AbortSignal;
};

/** The commit of an included extrinsic, in the block that includes it: later it may have been revealed. */
export async function findCommitAt(context: WeightsContext, sought: Sought): Promise<Finding> {
  const { signed, at, signal } = sought;
  try {
    const finding = await reading("our commit", context.chain.findCommit(signed, at.hash), signal);
    if (finding.kind === "missing") return { kind: "missing", problem: "the chain does not hold our commit" };
    return finding.kind === "found" ? { ...finding, at } : finding;
  } catch (error) {
    if (!isForgotten(error)) throw error;
    return findLater(context, sought);
  }
}

/**
 * Nodes that are no archives drop states after some hundred blocks. The newest one still has a commit that waits, and
 * the hotkey's last update names the block if what is in it counted.
 */
async function findLater(
  { chain, netuid, mechid, signer }: WeightsContext,
  { signed, at, head, signal }: Sought,
): Promise<Finding> {
  const finding = await reading("our commit", chain.findCommit(signed, head.hash), signal);
  if (finding.kind === "found") return { ...finding, at: head };
  const who = { netuid, mechid, hotkey: signer.address };
  const asked = chain.signerState(who, { at: head.hash });
  const { lastUpdate } = await reading("what our hotkey has done", asked, signal);
  if (lastUpdate === at.block) return { kind: "none" };
  const problem = `the node has dropped that block's state, and the hotkey's last update is ${lastUpdate ?? "gone"}`;
  return { kind: "missing", problem };
}

/** The epoch in which an inclusion takes effect: that of the state after its block. */
export async function epochOfInclusion(
  { chain, netuid }: WeightsContext,
  { intent, at, signal }: Step & { at: Head },
): Promise<number> {
  try {
    const then = chain.epochState(netuid, { at: at.hash });
    return (await reading("the epoch of inclusion", then, signal)).epochIndex;
  } catch (error) {
    if (!isForgotten(error)) throw error;
    const now = await reading("the epoch", chain.epochState(netuid), signal);
    if (now.at.block < at.block) throw error;
    // Which one of those that are over does not matter any more.
    return at.block >= now.lastEpochBlock ? now.epochIndex : intent.epochIndex;
  }
}

/** Whether a node said that it does not have a block, or no longer its state. */
export function isForgotten(error: unknown): boolean {
  return error instanceof ChainError && error.code === "CHAIN_BLOCK_UNKNOWN";
}
