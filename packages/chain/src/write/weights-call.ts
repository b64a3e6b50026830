import type { Call } from "@polkadot/types/interfaces";
import { u8aEq } from "@polkadot/util";
import { encoded, unsupported } from "../runtime/decoded.ts";
import { assertSignable } from "../runtime/hold.ts";
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
function encode(runtime: Runtime, { name, shape, args }: Intended): Call {
  assertSignable(runtime, `SubtensorModule.${snakeCase(name)}`);
  const { registry, tx, specVersion } = runtime;
  const what = `call SubtensorModule.${name}`;
  const call = encoded(what, specVersion, () => tx["subtensorModule"]?.[name]?.(...args));
  const meant = registry.createTypeUnsafe(shape, [args]).toU8a();
  if (call === undefined || !u8aEq(call.toU8a().subarray(call.callIndex.length), meant))
    throw unsupported(what, specVersion);
  return call;
}

/** The library names calls in camel case, the metadata as the chain's source does. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
