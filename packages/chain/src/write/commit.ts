import { mechanismStorageIndex } from "@assay/core";
import { timelockedCommitHash } from "@assay/timelock";
import type { GenericExtrinsic } from "@polkadot/types";
import { hexToU8a } from "@polkadot/util";
import type { View } from "../read/view.ts";
import { decoded } from "../runtime/decoded.ts";
import { asHex } from "../runtime/metadata.ts";
import { address, list, type Plain, whole } from "../runtime/plain.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Commit, CommitFinding } from "../weights.ts";

/** What a signed weight extrinsic says it does, as far as its own bytes tell. */
export type Spoken =
  | { readonly kind: "set" }
  | { readonly kind: "revealed" }
  | Omit<Commit, "epoch" | "block">;

/** Reads a signed extrinsic back: journals keep nothing but its bytes. */
export function spokenBy({ registry }: Runtime, hex: string): Spoken {
  const read = () => registry.createTypeUnsafe<GenericExtrinsic>("Extrinsic", [hexToU8a(hex)]);
  const extrinsic = decoded("extrinsic", read);
  const { method, args } = extrinsic.method;
  if (!method.startsWith("commit")) return { kind: method.startsWith("reveal") ? "revealed" : "set" };
  const isTimelocked = method.startsWith("commitTimelocked");
  const values = args.map((arg, index) => ({ item: `${method}[${index}]`, value: arg.toJSON() }));
  const [netuid, mechid, ...rest] = method.includes("Mechanism")
    ? values
    : [values[0], ZERO, ...values.slice(1)];
  const where = { netuid: whole(netuid ?? MISSING), mechid: whole(mechid ?? MISSING) };
  const [content = MISSING, round = MISSING] = rest;
  const hotkey = extrinsic.signer.toString();
  const bytes = asHex(content.value);
  return isTimelocked
    ? { kind: "timelock", ...where, hotkey, commitHash: hashOf(bytes), revealRound: whole(round) }
    : { kind: "hash", ...where, hotkey, commitHash: bytes, revealRound: null };
}

const ZERO: Plain = { item: "mechid", value: 0 };
const MISSING: Plain = { item: "argument", value: null };

/** Whether the state after a block holds the commit that an extrinsic made. */
export async function findCommit(view: View, spoken: Spoken): Promise<CommitFinding> {
  if (spoken.kind === "set" || spoken.kind === "revealed") return { kind: "none" };
  const places = spoken.kind === "timelock" ? await timelockedOf(view, spoken) : await hashedOf(view, spoken);
  const place = places.find(({ commitHash }) => commitHash === spoken.commitHash);
  if (place === undefined) return { kind: "missing", commitHash: spoken.commitHash };
  return { kind: "found", commit: { ...spoken, epoch: place.epoch, block: place.block } };
}

type Place = { readonly commitHash: string; readonly epoch: number; readonly block: number };
type Owner = { readonly netuid: number; readonly mechid: number; readonly hotkey: string };

/** Timelocked commits of a hotkey that wait. */
async function timelockedOf(view: View, owner: Owner): Promise<Place[]> {
  const { epoch, period } = await view.read({
    epoch: ["SubtensorModule.SubnetEpochIndex", owner.netuid],
    period: ["SubtensorModule.RevealPeriodEpochs", owner.netuid],
  });
  return waitingCommits(view, { ...owner, epoch: whole(epoch), period: whole(period) });
}

/** A commit waits at most from the epoch before the period's first to the one the next slot begins. */
export async function waitingCommits(
  view: View,
  { epoch, period, ...owner }: Owner & { epoch: number; period: number },
): Promise<Place[]> {
  const first = Math.max(0, epoch - period);
  const epochs = Array.from({ length: epoch + 2 - first }, (_, offset) => first + offset);
  const found = await Promise.all(epochs.map((under) => timelockedUnder(view, { ...owner, epoch: under })));
  return found.flat();
}

/** Timelocked commits of a hotkey under one epoch, in the order they will be revealed. */
export async function timelockedUnder(
  view: View,
  { epoch, ...owner }: Owner & { epoch: number },
): Promise<Place[]> {
  const index = mechanismStorageIndex(owner.netuid, owner.mechid);
  const { queue } = await view.read({ queue: ["SubtensorModule.TimelockedWeightCommits", index, epoch] });
  const entries = list(queue, (entry) => {
    const [account = MISSING, block = MISSING, bytes = MISSING] = list(entry, (part) => part);
    return { hotkey: address(account), block: whole(block), commitHash: hashOf(asHex(bytes.value)), epoch };
  });
  return entries.filter(({ hotkey }) => hotkey === owner.hotkey);
}

async function hashedOf(view: View, { netuid, mechid, hotkey }: Owner): Promise<Place[]> {
  const index = mechanismStorageIndex(netuid, mechid);
  const { queue } = await view.read({ queue: ["SubtensorModule.WeightCommits", index, hotkey] });
  if (queue.value === null) return [];
  return list(queue, (entry) => {
    const [hash = MISSING, epoch = MISSING, block = MISSING] = list(entry, (part) => part);
    return { commitHash: asHex(hash.value), epoch: whole(epoch), block: whole(block) };
  });
}

function hashOf(bytes: string): string {
  return timelockedCommitHash(hexToU8a(bytes));
}
