import type { Vec } from "@polkadot/types";
import type { DispatchError, EventRecord } from "@polkadot/types/interfaces";
import { hexToU8a } from "@polkadot/util";
import type { View } from "../read/view.ts";
import { decoded } from "../runtime/decoded.ts";

/** How an included extrinsic ended: null is success, otherwise the chain's name of the error. */
export type Dispatch = { readonly error: string | null };

/** Reads from a block's events how its extrinsic at `index` ended; undefined if they do not say. */
export async function dispatchOf(view: View, index: number): Promise<Dispatch | undefined> {
  const bytes = hexToU8a((await view.readBytes(["System.Events"])) ?? "0x00");
  const { registry } = view.runtime;
  const decode = () => registry.createType<Vec<EventRecord>>("Vec<EventRecord>", bytes);
  for (const { phase, event } of decoded("System.Events", decode)) {
    const isOurs = phase.isApplyExtrinsic && phase.asApplyExtrinsic.toNumber() === index;
    if (!isOurs || event.section !== "system") continue;
    if (event.method === "ExtrinsicSuccess") return { error: null };
    if (event.method === "ExtrinsicFailed") return { error: errorName(view, event.data[0]?.toU8a()) };
  }
  return undefined;
}

/** The name a dispatch error has in the runtime's own metadata. */
function errorName({ runtime }: View, bytes: Uint8Array | undefined): string {
  const error = runtime.registry.createType<DispatchError>("DispatchError", bytes);
  if (!error.isModule) return error.isToken ? `Token.${error.asToken.type}` : error.type;
  try {
    return runtime.registry.findMetaError(error.asModule).name;
  } catch {
    return `Module(${error.asModule.index.toString()}, ${error.asModule.error.toHex()})`;
  }
}
