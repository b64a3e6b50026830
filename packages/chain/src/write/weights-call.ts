import type { Call } from "@polkadot/types/interfaces";
import { u8aEq } from "@polkadot/util";
import { encoded, unsupported } from "../runtime/decoded.ts";
import { assertSignable } from "../runtime/hold.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { SetWeightsRequest } from "../weights.ts";

type Place = { readonly netuid: number; readonly mechid: number };
type Row = Pick<SetWeightsRequest, "netuid" | "mechid" | "row" | "versionKey">;

/** A call for mechanism 0 and its like for any other, whose arguments begin with netuid and mechid. */
type Intended = {
  readonly place: Place;
  readonly names: readonly [plain: string, ofMechanism: string];
  /** The arguments after netuid and mechid, and what they must be encoded as. */
  readonly shape: string;
  readonly args: readonly unknown[];
};

/** The call that sets weights in the open. */
export function weightsCall(runtime: Runtime, request: Row): Call {
  return encode(runtime, {
    place: request,
    names: ["setWeights", "setMechanismWeights"],
    shape: "Vec<u16>,Vec<u16>,u64",
    args: [...columnsOf(request), request.versionKey],
  });
}

/** The call that commits sealed weights, which the chain opens by itself. */
export function timelockedCall(
  runtime: Runtime,
  commit: Place & { readonly bytes: Uint8Array; readonly revealRound: number; readonly version: number },
): Call {
  return encode(runtime, {
    place: commit,
    names: ["commitTimelockedWeights", "commitTimelockedMechanismWeights"],
    shape: "Bytes,u64,u16",
    // Bare bytes are taken for bytes that carry their own length; hex is not.
    args: [`0x${Buffer.from(commit.bytes).toString("hex")}`, commit.revealRound, commit.version],
  });
}

/** The call that commits to weights by their hash. */
export function hashedCall(runtime: Runtime, commit: Place & { readonly commitHash: string }): Call {
  return encode(runtime, {
    place: commit,
    names: ["commitWeights", "commitMechanismWeights"],
    shape: "H256",
    args: [commit.commitHash],
  });
}

/** The call that reveals what a hash stood for. */
export function revealCall(runtime: Runtime, reveal: Row & { readonly salt: readonly number[] }): Call {
  return encode(runtime, {
    place: reveal,
    names: ["revealWeights", "revealMechanismWeights"],
    shape: "Vec<u16>,Vec<u16>,Vec<u16>,u64",
    args: [...columnsOf(reveal), reveal.salt, reveal.versionKey],
  });
}

function columnsOf({ row }: Row): [number[], number[]] {
  return [row.map(([uid]) => uid), row.map(([, weight]) => weight)];
}

/** Encodes by the runtime's own types, and refuses if that is not what the arguments were meant to become. */
function encode(runtime: Runtime, { place, names, shape, args }: Intended): Call {
  const { netuid, mechid } = place;
  const isPlain = mechid === 0;
  const name = names[isPlain ? 0 : 1];
  assertSignable(runtime, `SubtensorModule.${snakeCase(name)}`);
  const { registry, tx, specVersion } = runtime;
  const what = `call SubtensorModule.${name}`;
  const all = [...(isPlain ? [netuid] : [netuid, mechid]), ...args];
  const call = encoded(what, specVersion, () => tx["subtensorModule"]?.[name]?.(...all));
  const meant = registry.createTypeUnsafe(`(${isPlain ? "u16" : "u16,u8"},${shape})`, [all]).toU8a();
  if (call === undefined || !u8aEq(call.toU8a().subarray(call.callIndex.length), meant))
    throw unsupported(what, specVersion);
  return call;
}

/** The library names calls in camel case, the metadata as the chain's source does. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
