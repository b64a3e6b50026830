import { ApiError, type Caller } from "@assay/api";
import { listSnapshots } from "@assay/db";
import type { Backend } from "../backend.ts";

/** Up to where decisions are public: what was decided later can't be read on chain yet. */
export type Horizon = { readonly block: number; readonly at: Date };

const NOTHING: Horizon = { block: -1, at: new Date(0) };

/** Whether the caller is a validator of the subnet that is to set what is decided. */
export function isSetter({ subnet }: Backend, caller: Caller): boolean {
  const hotkey = validatorOf(caller);
  return hotkey !== null && subnet.current().neurons.get(hotkey)?.validatorPermit === true;
}

/** Throws API_PERMIT_NEEDED unless the caller is such a validator. */
export function assertSetter(backend: Backend, caller: Caller): void {
  if (isSetter(backend, caller)) return;
  const { netuid } = backend;
  const hotkey = validatorOf(caller);
  const message = `Snapshots go at once only to validators with a permit on subnet ${netuid}, which ${hotkey ?? "the caller"} does not have; the permit comes with stake, at an epoch's end.`;
  throw new ApiError({ code: "API_PERMIT_NEEDED", hotkey, netuid }, message);
}

function validatorOf(caller: Caller): string | null {
  if (caller.kind === "hotkey") return caller.isValidator ? caller.hotkey : null;
  return caller.kind === "key" && caller.role === "validator" ? caller.hotkey : null;
}

/**
 * What a caller may know of decisions: everything, which is null, if it takes part in them or is to set them; everybody
 * else could copy a leader's weights before they are on chain, and sees the state of the newest public snapshot.
 */
export async function horizonOf(backend: Backend, caller: Caller): Promise<Horizon | null> {
  const decides = caller.kind === "key" && (caller.role === "admin" || caller.role === "reviewer");
  if (decides || isSetter(backend, caller)) return null;
  const { db, netuid, mechid, subnet } = backend;
  const readableIn = subnet.current().epoch.epochIndex;
  const [newest] = (await listSnapshots(db, { netuid, mechid, readableIn, limit: 1 })).items;
  return newest === undefined ? NOTHING : { block: newest.block, at: newest.createdAt };
}
