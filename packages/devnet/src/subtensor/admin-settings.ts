import { nextEpochStart } from "@assay/core";
import { badOrigin, type Context, ensure, type Origin } from "../runtime/context.ts";
import { adminUtils, subtensor } from "../runtime/runtime.ts";
import { read } from "../state/access.ts";
import { readSchedule } from "./schedule.ts";

const { storage } = subtensor;

export type SubnetArgs = { readonly netuid: number };
type Apply<A> = (context: Context, args: A) => void;
type Handler<A> = (context: Context, origin: Origin, args: A) => void;

/**
 * A call that changes one subnet: `root` only root may make, `owner` the subnet's owner too, though not in the
 * last AdminFreezeWindow blocks before an epoch.
 */
export function setting<A extends SubnetArgs>(access: "root" | "owner", apply: Apply<A>): Handler<A> {
  return (context, origin, args) => {
    authorise(context, { access, origin, netuid: args.netuid });
    const exists = read(context.state, storage.NetworksAdded, args.netuid);
    ensure(exists, adminUtils, "SubnetDoesNotExist");
    apply(context, args);
  };
}

/** A call that changes the whole network: root only. */
export function globalSetting<A>(apply: Apply<A>): Handler<A> {
  return (context, origin, args) => {
    if (origin.kind !== "root") throw badOrigin();
    apply(context, args);
  };
}

/** Who asks to change which subnet. */
export type AdminRequest = {
  readonly access: "root" | "owner";
  readonly origin: Origin;
  readonly netuid: number;
  /** Whether the call is allowed just before an epoch, too. */
  readonly isFreezeExempt?: boolean;
};

/** Refuses whoever may not, and the owner in the last blocks before an epoch. */
export function authorise({ state, block }: Context, request: AdminRequest): void {
  const { access, origin, netuid, isFreezeExempt = false } = request;
  if (origin.kind === "root") return;
  const isOwner = origin.kind === "signed" && origin.who === read(state, storage.SubnetOwner, netuid);
  if (access === "root" || !isOwner) throw badOrigin();
  if (isFreezeExempt) return;
  const next = nextEpochStart(readSchedule(state, netuid));
  const isFrozen = next !== null && next - block <= read(state, storage.AdminFreezeWindow);
  ensure(!isFrozen, subtensor, "AdminActionProhibitedDuringWeightsWindow");
}
