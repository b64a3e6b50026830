import { mechanismStorageIndex } from "@assay/core";
import { COMMIT_REVEAL_VERSION, hashCommit, sealWeights, type WeightsPayload } from "@assay/timelock";
import type { Call } from "@polkadot/types/interfaces";
import { ChainError } from "../errors.ts";
import { bestHeader, finalisedHeader, type Node, viewOf } from "../read/view.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { publicKeyOf } from "../wallet/address.ts";
import type { HashCommit, SetWeightsRequest, SignedExtrinsic, WeightsPlan } from "../weights.ts";
import { ERA_BLOCKS, planWeights } from "./plan.ts";
import { readPlanState, type Wanted } from "./plan-state.ts";
import { assertEncodable, assertSalt } from "./request.ts";
import { sign } from "./sign.ts";
import { hashedCall, revealCall, timelockedCall, weightsCall } from "./weights-call.ts";

/** The way weights take now. */
export async function readPlan(node: Node, wanted: Wanted): Promise<WeightsPlan> {
  const { view, birth } = await present(node);
  return planWeights(await readPlanState(node, view, { ...wanted, finalisedBlock: birth.block }));
}

/** Signs the weight extrinsic that the chain takes as it now stands; nothing is sent. */
export async function signSetWeights(node: Node, request: SetWeightsRequest): Promise<SignedExtrinsic> {
  assertEncodable(request);
  const { view, birth, runtime } = await present(node);
  const plan = planWeights(await readPlanState(node, view, { ...request, finalisedBlock: birth.block }));
  if (plan.kind === "refused") throw refusedPlan(request.netuid, plan);
  const call = callFor(runtime, { plan, request });
  const { genesisHash } = node.link;
  return sign(view, runtime, { call, request, birth, eraBlocks: plan.eraBlocks, genesisHash });
}

/** Signs the reveal of weights that were committed by hash; nothing is sent. */
export async function signReveal(
  node: Node,
  request: SetWeightsRequest & { hashCommit: HashCommit },
): Promise<SignedExtrinsic> {
  assertEncodable(request);
  assertSalt(request.hashCommit.salt);
  const { view, birth, runtime } = await present(node);
  const call = revealCall(runtime, { ...request, salt: request.hashCommit.salt });
  const { genesisHash } = node.link;
  return sign(view, runtime, { call, request, birth, eraBlocks: ERA_BLOCKS, genesisHash });
}

/** The newest block to judge by, its runtime, and the finalised block an era may begin at. */
async function present(node: Node) {
  const [birth, best] = await Promise.all([finalisedHeader(node.link), bestHeader(node.link)]);
  const [runtime, view] = await Promise.all([node.runtimes.at(best.hash), viewOf(node, best)]);
  return { birth, runtime, view };
}

type Meant = {
  readonly plan: Exclude<WeightsPlan, { kind: "refused" }>;
  readonly request: SetWeightsRequest;
};

function callFor(runtime: Runtime, { plan, request }: Meant): Call {
  if (plan.kind === "direct") return weightsCall(runtime, request);
  if (plan.kind === "hash") return hashedCall(runtime, { ...request, commitHash: hashOf(request) });
  const { commit: bytes, revealRound } = sealWeights(payloadOf(request), {
    beacon: plan.beacon,
    round: plan.revealRound,
  });
  return timelockedCall(runtime, { ...request, bytes, revealRound, version: COMMIT_REVEAL_VERSION });
}

function hashOf(request: SetWeightsRequest): string {
  const salt = request.hashCommit?.salt ?? [];
  assertSalt(salt);
  const storageIndex = mechanismStorageIndex(request.netuid, request.mechid);
  return hashCommit({ ...payloadOf(request), storageIndex, salt });
}

/** What is sealed or hashed: the hotkey in it must be the signer's, or the chain drops it. */
function payloadOf({ signer, row, versionKey }: SetWeightsRequest): WeightsPayload {
  const hotkey = publicKeyOf(signer.address) ?? new Uint8Array();
  return { hotkey, uids: row.map(([uid]) => uid), values: row.map(([, weight]) => weight), versionKey };
}

function refusedPlan(netuid: number, plan: Extract<WeightsPlan, { kind: "refused" }>): ChainError {
  const { error, message, waitBlocks } = plan;
  return new ChainError({ code: "CHAIN_WEIGHTS_REFUSED", netuid, error, waitBlocks }, message);
}
