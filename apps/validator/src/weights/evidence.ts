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

/** The commit of an included intent, in the block that includes it: later it may have been revealed. */
export async function findCommit(
  context: WeightsContext,
  { intent, head, signal }: Step & { head: Head },
): Promise<Finding> {
  const { signed, included } = intent;
  if (signed === null || included === null) return { kind: "none" };
  const at = { block: included.block, hash: included.hash };
  try {
    const asked = context.chain.findCommit(signed, included.hash);
    const finding = await reading("our commit", asked, signal);
    if (finding.kind === "missing") return { kind: "missing", problem: "the chain does not hold our commit" };
    return finding.kind === "found" ? { ...finding, at } : finding;
  } catch (error) {
    if (!isForgotten(error)) throw error;
    return findLater(context, { signed, at, head, signal });
  }
}

type Later = {
  readonly signed: SignedBytes;
  readonly at: Head;
  readonly head: Head;
  readonly signal: AbortSignal;
};

/**
 * Nodes that are no archives drop states after some hundred blocks. The newest one still has a commit that waits, and
 * the hotkey's last update names the block if what is in it counted.
 */
async function findLater(
  { chain, netuid, mechid, signer }: WeightsContext,
  { signed, at, head, signal }: Later,
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

function isForgotten(error: unknown): boolean {
  return error instanceof ChainError && error.code === "CHAIN_BLOCK_UNKNOWN";
}
