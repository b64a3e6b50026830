import type { GenericExtrinsic, GenericExtrinsicPayload } from "@polkadot/types";
import { hexToU8a, u8aConcat } from "@polkadot/util";
import { blake2AsU8a } from "@polkadot/util-crypto";
import { ChainError } from "../errors.ts";
import { bestHeader, finalisedHeader, type Node, type View, viewOf } from "../read/view.ts";
import { field, whole } from "../runtime/plain.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { SetWeightsRequest, SignedExtrinsic } from "../types.ts";
import { verifySignature } from "../wallet/verify.ts";
import { assertEncodable } from "./request.ts";
import { weightsCall } from "./weights-call.ts";

/** Blocks in which a signed extrinsic may be included: short, so that a lost one is soon provably dead. */
export const ERA_BLOCKS = 16;

const VERSION_4 = { version: 4 };
const LONGEST_UNHASHED = 256;
const SR25519 = Uint8Array.of(1);

/**
 * Signs the weight extrinsic for the chain as it now stands; nothing is sent.
 *
 * The nonce is the newest block's, not the pool's: of two extrinsics signed while one is undecided, at most one can
 * ever be included. The era begins at a finalised block, so that no reorganisation changes what was signed.
 */
export async function signSetWeights(node: Node, request: SetWeightsRequest): Promise<SignedExtrinsic> {
  assertEncodable(request);
  const [birth, best] = await Promise.all([finalisedHeader(node.link), bestHeader(node.link)]);
  const [runtime, nonce] = await Promise.all([
    node.runtimes.at(best.hash),
    viewOf(node, best).then((view) => nonceIn(view, request.signer.address)),
  ]);
  const genesisHash = node.link.genesisHash;
  const extrinsic = await sign(runtime, { request, nonce, birth, genesisHash });
  return {
    hash: extrinsic.hash.toHex(),
    hex: extrinsic.toHex(),
    nonce,
    eraEnd: birth.block + ERA_BLOCKS - 1,
    request,
  };
}

async function nonceIn(view: View, hotkey: string): Promise<number> {
  const { account } = await view.read({ account: ["System.Account", hotkey] });
  return whole(field(account, "nonce"));
}

type Signing = {
  readonly request: SetWeightsRequest;
  readonly nonce: number;
  readonly birth: { readonly block: number; readonly hash: string };
  readonly genesisHash: string;
};

async function sign(runtime: Runtime, signing: Signing): Promise<GenericExtrinsic> {
  const { registry, specVersion, transactionVersion } = runtime;
  const { signer } = signing.request;
  const call = weightsCall(runtime, signing.request);
  const payload = {
    method: call.toHex(),
    era: registry.createType("ExtrinsicEra", { current: signing.birth.block, period: ERA_BLOCKS }),
    nonce: signing.nonce,
    tip: 0,
    mode: 0,
    specVersion,
    transactionVersion,
    genesisHash: signing.genesisHash,
    blockHash: signing.birth.hash,
  };
  const bytes = bytesToSign(
    registry.createTypeUnsafe<GenericExtrinsicPayload>("ExtrinsicPayload", [payload, VERSION_4]),
  );
  const signature = await signer.sign(bytes);
  if (!verifySignature(bytes, signature, signer.address)) throw badSignature(signer.address);
  const extrinsic = registry.createTypeUnsafe<GenericExtrinsic>("Extrinsic", [call, VERSION_4]);
  return extrinsic.addSignature(signer.address, u8aConcat(SR25519, hexToU8a(signature)), payload);
}

/** What a signature covers; long payloads are signed by their hash. */
function bytesToSign(payload: GenericExtrinsicPayload): Uint8Array {
  const bytes = payload.toU8a({ method: true });
  return bytes.length > LONGEST_UNHASHED ? blake2AsU8a(bytes) : bytes;
}

function badSignature(address: string): ChainError {
  const message = `The signer returned something that is not ${address}'s signature`;
  return new ChainError({ code: "CHAIN_SIGNATURE_INVALID", address }, message);
}
