import { decrypt } from "@assay/timelock";
import { pulseAt, quietly } from "../drand/stored-pulse.ts";
import { type Context, deposit } from "../runtime/context.ts";
import { commitments } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import type { State, StateReader } from "../state/overlay.ts";
import { type Sealed, sealedFields } from "./sealed.ts";

const { storage } = commitments;
const MAX_REVEALED = 10;

/** Remembers that an account has a sealed commitment. */
export function awaitReveal(state: State, netuid: number, who: string): void {
  const index = read(state, storage.TimelockedIndex);
  if (index.some((one) => one[0] === netuid && one[1] === who)) return;
  write(state, storage.TimelockedIndex, [[...index, [netuid, who]]]);
}

/** Rounds that sealed commitments wait for. */
export function commitmentRounds(state: StateReader): number[] {
  return read(state, storage.TimelockedIndex).flatMap(([netuid, who]) =>
    sealedOf(state, netuid, who).map(({ reveal_round }) => Number(reveal_round)),
  );
}

/** Opens the sealed commitments whose pulse is there; what does not open is dropped. */
export function revealCommitments(context: Context): void {
  const { state } = context;
  const index = read(state, storage.TimelockedIndex);
  const waiting = index.filter(([netuid, who]) => revealOne(context, netuid, who));
  if (waiting.length < index.length) write(state, storage.TimelockedIndex, [waiting]);
}

/** Whether something of the account still waits. */
function revealOne(context: Context, netuid: number, who: string): boolean {
  const { state, block } = context;
  const sealed = sealedOf(state, netuid, who);
  const due = sealed.filter(({ reveal_round }) => pulseAt(state, reveal_round) !== "missing");
  if (due.length === 0) return sealed.length > 0;
  const opened = due.flatMap((one) => open(state, one) ?? []);
  const before = read(state, storage.RevealedCommitments, netuid, who) ?? [];
  const after = [...before, ...opened.map((text) => [text, BigInt(block)] as const)].slice(-MAX_REVEALED);
  if (opened.length > 0) {
    write(state, storage.RevealedCommitments, [netuid, who, after]);
    deposit(context, commitments, ["CommitmentRevealed", { netuid, who }]);
  }
  keepOnly(state, { netuid, who, due });
  return due.length < sealed.length;
}

function open(state: StateReader, { encrypted, reveal_round }: Sealed): Uint8Array | undefined {
  const pulse = pulseAt(state, reveal_round);
  return typeof pulse === "string" ? undefined : quietly(() => decrypt(encrypted, pulse));
}

/** Takes the fields that were due out of the account's commitment. */
function keepOnly(state: State, of: { netuid: number; who: string; due: readonly Sealed[] }): void {
  const stored = read(state, storage.CommitmentOf, of.netuid, of.who);
  if (stored === undefined) return;
  const isDue = (round: bigint) => of.due.some(({ reveal_round }) => reveal_round === round);
  const fields = stored.info.fields.filter(
    (field) => !sealedFields([field]).some(({ reveal_round }) => isDue(reveal_round)),
  );
  write(state, storage.CommitmentOf, [of.netuid, of.who, { ...stored, info: { fields } }]);
}

function sealedOf(state: StateReader, netuid: number, who: string): Sealed[] {
  return sealedFields(read(state, storage.CommitmentOf, netuid, who)?.info.fields ?? []);
}
