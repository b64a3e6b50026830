import { ApiError, type KeyCaller, type SubscribeSnapshots } from "@assay/api";
import type { SignedSnapshot } from "@assay/core";
import { latestSnapshot } from "@assay/db";
import { type TrackedEnvelope, tracked } from "@trpc/server";
import type { Backend } from "../backend.ts";
import { assertSetter } from "./horizon.ts";
import { snapshotView } from "./view.ts";

/** Subscriptions one key may hold on one replica. */
const MAX_SUBSCRIPTIONS = 8;

/** The newest signed snapshot, for a validator that is to set it. */
export async function getLatestSnapshot(
  backend: Backend,
  { caller }: { caller: KeyCaller },
): Promise<SignedSnapshot> {
  assertSetter(backend, caller);
  const row = await latestSnapshot(backend.db, backend);
  if (row !== undefined) return snapshotView(row);
  throw new ApiError({ code: "API_NOT_FOUND", kind: "snapshot", id: "latest" }, "There is no snapshot yet.");
}

export type Subscriber = { caller: KeyCaller; input: SubscribeSnapshots; signal: AbortSignal };

/** Hands out subscriptions and counts them by key. */
export function snapshotSubscriptions(
  backend: Backend,
): (subscriber: Subscriber) => AsyncIterable<TrackedEnvelope<SignedSnapshot>> {
  const open = new Map<string, number>();
  return async function* ({ caller, input, signal }) {
    assertSetter(backend, caller);
    const count = open.get(caller.id) ?? 0;
    if (count >= MAX_SUBSCRIPTIONS) throw tooMany();
    open.set(caller.id, count + 1);
    backend.metrics.subscribers.inc();
    try {
      yield* send(backend, { seen: versionOf(input), signal });
    } finally {
      release(open, caller.id);
      backend.metrics.subscribers.dec();
    }
  };
}

async function* send(
  { feed, trace }: Backend,
  { seen, signal }: { seen: number; signal: AbortSignal },
): AsyncGenerator<TrackedEnvelope<SignedSnapshot>> {
  await feed.refresh();
  for await (const snapshot of feed.follow(seen, signal)) {
    yield tracked(String(snapshot.version), snapshot);
    // The reader asks for the next one only after it has written this one to its socket.
    trace("socket-written");
  }
}

function versionOf(input: SubscribeSnapshots): number {
  const version = Number(input?.lastEventId ?? 0);
  return Number.isSafeInteger(version) ? version : 0;
}

function release(open: Map<string, number>, id: string): void {
  const left = (open.get(id) ?? 1) - 1;
  if (left === 0) open.delete(id);
  else open.set(id, left);
}

function tooMany(): ApiError {
  return new ApiError({ code: "API_TOO_MANY", what: "subscriptions", limit: MAX_SUBSCRIPTIONS });
}
