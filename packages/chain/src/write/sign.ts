import type { GenericExtrinsic, GenericExtrinsicPayload } from "@polkadot/types";
import type { Call } from "@polkadot/types/interfaces";
import { hexToU8a, u8aConcat } from "@polkadot/util";
import { blake2AsU8a } from "@polkadot/util-crypto";
import { ChainError } from "../errors.ts";
import type { Head } from "../head.ts";
import type { View } from "../read/view.ts";
import { field, whole } from "../runtime/plain.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { verifySignature } from "../wallet/verify.ts";
import type { SetWeightsRequest, SignedExtrinsic } from "../weights.ts";

const VERSION_4 = { version: 4 };
const LONGEST_UNHASHED = 256;
const SR25519 = Uint8Array.of(1);

/** A call to be signed: its era begins at `birth`, a finalised block, so that no reorganisation changes what was signed. */
export type Signing = {
  readonly call: Call;
  readonly request: SetWeightsRequest;
  readonly birth: Head;
  readonly eraBlocks: number;
  readonly genesisHash: string;
};

/**
 * Signs a call for the chain as the view shows it.
 *
 * The nonce is the block's, not the pool's: of two extrinsics signed while one is undecided, at most one can ever be
 * included.
 */
export async function sign(view: View, runtime: Runtime, signing: Signing): Promise<SignedExtrinsic> {
  const { request, birth, eraBlocks } = signing;
  const nonce = await nonceIn(view, request.signer.address);
  const extrinsic = await signedCall(runtime, { ...signing, nonce });
  return {
    hash: extrinsic.hash.toHex(),
    hex: extrinsic.toHex(),
    nonce,
    eraEnd: birth.block + eraBlocks - 1,
    request,
  };
}

async function nonceIn(view: View, hotkey: string): Promise<number> {
  const { account } = await view.read({ account: ["System.Account", hotkey] });
  return whole(field(account, "nonce"));
}

async function signedCall(
  { registry, specVersion, transactionVersion }: Runtime,
  { call, request, birth, eraBlocks, genesisHash, nonce }: Signing & { nonce: number },
): Promise<GenericExtrinsic> {
  const { signer } = request;
  const payload = {
    method: call.toHex(),
    era: registry.createType("ExtrinsicEra", { current: birth.block, period: eraBlocks }),
    nonce,
    tip: 0,
    mode: 0,
    specVersion,
    transactionVersion,
    genesisHash,
    blockHash: birth.hash,
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
