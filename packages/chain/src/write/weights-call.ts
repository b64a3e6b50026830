import type { Call } from "@polkadot/types/interfaces";
import { u8aEq } from "@polkadot/util";
import { ChainError } from "../errors.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { SetWeightsRequest } from "../types.ts";

type Intended = { readonly name: string; readonly shape: string; readonly args: readonly unknown[] };

/** The call that sets weights: `set_weights` for mechanism 0, `set_mechanism_weights` for any other. */
export function weightsCall(runtime: Runtime, request: Omit<SetWeightsRequest, "signer">): Call {
  const { netuid, mechid, row, versionKey } = request;
  const vectors = [row.map(([uid]) => uid), row.map(([, weight]) => weight), versionKey];
  return mechid === 0
    ? encode(runtime, {
        name: "setWeights",
        shape: "(u16,Vec<u16>,Vec<u16>,u64)",
        args: [netuid, ...vectors],
      })
    : encode(runtime, {
        name: "setMechanismWeights",
        shape: "(u16,u8,Vec<u16>,Vec<u16>,u64)",
        args: [netuid, mechid, ...vectors],
      });
}

/** Encodes by the runtime's own types, and refuses if that is not what the arguments were meant to become. */
function encode(runtime: Runtime, intended: Intended): Call {
  const meant = runtime.registry.createTypeUnsafe(intended.shape, [intended.args]).toU8a();
  const call = tryEncode(runtime, intended);
  const isMeant = call !== undefined && u8aEq(call.toU8a().subarray(call.callIndex.length), meant);
  if (!isMeant) throw unsupported(runtime, intended.name);
  return call;
}

function tryEncode({ tx }: Runtime, { name, args }: Intended): Call | undefined {
  try {
    return tx["subtensorModule"]?.[name]?.(...args);
  } catch {
    // Other arguments than ours: the caller says so.
    return undefined;
  }
}

function unsupported({ specVersion }: Runtime, name: string): ChainError {
  const missing = `call SubtensorModule.${name} with known arguments`;
  return new ChainError(
    { code: "CHAIN_RUNTIME_UNSUPPORTED", specVersion, missing },
    `Runtime ${specVersion} has no ${missing}; nothing was signed`,
  );
}
