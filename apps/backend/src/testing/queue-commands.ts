import { isDeepStrictEqual } from "node:util";
import { listAudit, listSnapshotsAfter } from "@assay/db";
import { mortalDatabase } from "@assay/db/test";
import fc, { type AsyncCommand } from "fast-check";
import { expect } from "vitest";
import type { Backend } from "../backend.ts";
import { approveCandidate, rejectCandidate } from "../candidates/decide.ts";
import { revokeCandidate } from "../candidates/revoke.ts";
import { refusalOf } from "./desk.ts";
import { over, pending } from "./queue.ts";
import type { Arena } from "./queue-arena.ts";
import type { Miner, ModelCandidate, QueueModel } from "./queue-model.ts";
import { MINERS } from "./world.ts";

type Command = AsyncCommand<QueueModel, Arena>;
export type Act = "approve" | "reject" | "revoke";

const ACTS = { approve: approveCandidate, reject: rejectCandidate, revoke: revokeCandidate };
const SNAPSHOTS = { approve: 1, reject: 0, revoke: 1 } as const;

/** What a command is expected to have written. */
type Written = { audits: number; snapshots: number };

function decide(
  backend: Backend,
  { act, id, name }: { act: Act; id: string; name: string },
): Promise<unknown> {
  const caller = { kind: "key", id: `key_${name}`, name, role: "admin", hotkey: null } as const;
  return ACTS[act](backend, { caller, id, reason: "as the model says" });
}

/** Holds the database against the model, and everything a snapshot says against what was approved. */
async function verify(model: QueueModel, arena: Arena, written: Written): Promise<void> {
  const { backend } = arena.desk;
  expect(await arena.statuses()).toEqual(model.statuses());
  const leader = model.leader();
  const leaders = await arena.leaders();
  expect(leaders).toEqual(leader === undefined ? [] : [leader.id]);
  const snapshots = await listSnapshotsAfter(backend.db, { ...backend, version: arena.version, limit: 9 });
  const versions = snapshots.map(({ version }) => version);
  expect(versions).toEqual(Array.from({ length: written.snapshots }, (_, k) => arena.version + 1 + k));
  const newest = snapshots.at(-1);
  if (newest !== undefined) {
    const decisions = JSON.parse(newest.body).instances.flatMap(
      (instance: { decisions: string[] }) => instance.decisions,
    );
    expect(decisions).toEqual(leaders);
    for (const miner of model.banned) expect(newest.body).not.toContain(arena.hotkeys[miner]);
  }
  arena.version += written.snapshots;
  const { items } = await listAudit(backend.db, { netuid: backend.netuid, limit: 9 });
  expect(items.filter(({ sequence }) => sequence > arena.sequence)).toHaveLength(written.audits);
  arena.sequence += written.audits;
}

function count({ tally }: Arena, what: string): void {
  tally.set(what, (tally.get(what) ?? 0) + 1);
}

const FITTING = { approve: "pending", reject: "pending", revoke: "approved" } as const;

/** The candidate a number picks: usually one the act is meant for, sometimes any. */
function pick({ candidates }: QueueModel, { act, at }: { act: Act; at: number }): ModelCandidate | undefined {
  const fitting = candidates.filter(({ status }) => status === FITTING[act]);
  const pool = at % 5 === 0 || fitting.length === 0 ? candidates : fitting;
  return pool[at % Math.max(1, pool.length)];
}

const queue = (miner: Miner): Command => ({
  check: (model) => !model.banned.has(miner),
  async run(model, arena) {
    const leader = model.leader();
    const comparison = leader === undefined ? null : over(leader.submissionId, 0.5);
    const { id, submissionId } = await pending(arena.desk, arena.competitionId, { by: miner, comparison });
    model.enter({ id, miner, submissionId });
    await verify(model, arena, { audits: 0, snapshots: 0 });
  },
  toString: () => `queue(${miner})`,
});

const decideOne = (act: Act, at: number): Command => ({
  check: (model) => model.candidates.length > 0,
  async run(model, arena) {
    const one = pick(model, { act, at });
    if (one === undefined) return;
    const refusal = await refusalOf(decide(arena.desk.backend, { act, id: one.id, name: "ada" }));
    expect(refusal?.code).toBe(model[act](one));
    count(arena, `${act}: ${refusal?.code ?? "done"}`);
    const isDone = refusal === undefined ? 1 : 0;
    await verify(model, arena, { audits: isDone, snapshots: isDone * SNAPSHOTS[act] });
  },
  toString: () => `${act}(${at})`,
});

/** Two admins at once: what they are told, and what is left, is as if one of them had come first. */
const decideTwo = (acts: readonly [Act, Act], ats: readonly [number, number]): Command => ({
  check: (model) => model.candidates.length > 0,
  async run(model, arena) {
    const ids = acts.map((act, k) => pick(model, { act, at: ats[k] ?? 0 })?.id ?? "");
    const names = ["ada", "bob"];
    const refusals = await Promise.all(
      acts.map((act, k) =>
        refusalOf(decide(arena.desk.backend, { act, id: ids[k] ?? "", name: names[k] ?? "" })),
      ),
    );
    const codes = refusals.map((refusal) => refusal?.code);
    const left = await arena.statuses();
    const orders = [[0, 1] as const, [1, 0] as const].map((order) => inOrder(model, { acts, ids, order }));
    const explained = orders.find((one) => isSame(one.codes, codes) && isSame(one.model.statuses(), left));
    expect({ codes, left, orders: explained === undefined ? orders : [] }).toEqual({
      codes,
      left,
      orders: [],
    });
    if (explained === undefined) return;
    Object.assign(model, explained.model);
    count(arena, "at once");
    const done = acts.filter((_, k) => codes[k] === undefined);
    const snapshots = done.reduce((sum, act) => sum + SNAPSHOTS[act], 0);
    // Only the newest of two snapshots says what is true now.
    await verify(model, arena, { audits: done.length, snapshots });
  },
  toString: () => `atOnce(${acts[0]}(${ats[0]}), ${acts[1]}(${ats[1]}))`,
});

type Order = { acts: readonly Act[]; ids: readonly string[]; order: readonly number[] };

function inOrder(before: QueueModel, { acts, ids, order }: Order) {
  const model = before.copy();
  const codes: (string | undefined)[] = [];
  for (const k of order) {
    const [act, one] = [acts[k], model.candidates.find(({ id }) => id === ids[k])];
    if (act !== undefined && one !== undefined) codes[k] = model[act](one);
  }
  return { model, codes };
}

function isSame(a: object, b: object): boolean {
  return isDeepStrictEqual({ ...a }, { ...b });
}

/** The connection is lost after some statements: either all of the decision is there, or nothing of it. */
const crash = (act: Act, { at, lives }: { at: number; lives: number }): Command => ({
  check: (model) => model.candidates.length > 0,
  async run(model, arena) {
    const one = pick(model, { act, at });
    if (one === undefined) return;
    const mortal = await mortalDatabase(arena.databaseUrl, lives);
    try {
      const backend = { ...arena.desk.backend, db: mortal.db };
      const refusal = await refusalOf(decide(backend, { act, id: one.id, name: "ada" }));
      const hasDied = mortal.statements() >= lives && refusal !== undefined;
      if (!hasDied) expect(refusal?.code).toBe(model[act](one));
      count(arena, hasDied ? "crashed" : "survived");
      const isDone = refusal === undefined ? 1 : 0;
      await verify(model, arena, { audits: isDone, snapshots: isDone * SNAPSHOTS[act] });
    } finally {
      await mortal.close();
    }
  },
  toString: () => `crash(${act}(${at}), after ${lives} statements)`,
});

const ban = (miner: Miner): Command => ({
  check: (model) => !model.banned.has(miner),
  async run(model, arena) {
    await arena.ban(miner);
    const fell = model.ban(miner);
    count(arena, fell ? "leader banned" : "banned");
    await verify(model, arena, { audits: 1, snapshots: fell ? 1 : 0 });
  },
  toString: () => `ban(${miner})`,
});

const lift = (miner: Miner): Command => ({
  check: (model) => model.banned.has(miner),
  async run(model, arena) {
    await arena.lift(miner);
    model.banned.delete(miner);
    await verify(model, arena, { audits: 1, snapshots: 0 });
  },
  toString: () => `lift(${miner})`,
});

const leave = (miner: Miner): Command => ({
  check: (model) => !model.gone.has(miner),
  async run(model, arena) {
    await arena.deregister(miner);
    model.gone.add(miner);
    await verify(model, arena, { audits: 0, snapshots: 0 });
  },
  toString: () => `leave(${miner})`,
});

const comeBack = (miner: Miner): Command => ({
  check: (model) => model.gone.has(miner),
  async run(model, arena) {
    await arena.register(miner);
    model.gone.delete(miner);
    await verify(model, arena, { audits: 0, snapshots: 0 });
  },
  toString: () => `comeBack(${miner})`,
});

const miner = fc.constantFrom(...MINERS);
const at = fc.nat({ max: 99 });
const act = fc.constantFrom<Act>("approve", "approve", "approve", "reject", "revoke", "revoke");

/** Sequences of what may happen to a queue; what happens often stands there more than once. */
export const queueCommands = (maxCommands: number) =>
  fc.commands(
    [
      miner.map(queue),
      miner.map(queue),
      miner.map(queue),
      fc.tuple(act, at).map(([what, which]) => decideOne(what, which)),
      fc.tuple(act, at).map(([what, which]) => decideOne(what, which)),
      fc.tuple(fc.tuple(act, act), fc.tuple(at, at)).map(([what, which]) => decideTwo(what, which)),
      fc
        .tuple(act, at, fc.integer({ min: 1, max: 28 }))
        .map(([what, which, lives]) => crash(what, { at: which, lives })),
      miner.map(ban),
      miner.map(lift),
      miner.map(leave),
      miner.map(comeBack),
    ],
    { maxCommands, size: "max" },
  );
