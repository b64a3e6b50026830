import type { SnapshotSummary } from "@assay/api";
import { ApiError, type Caller, type ListSnapshots, type SnapshotAt, type SnapshotRef } from "@assay/api";
import { type Page, type PublishedInputs, type SignedSnapshot, VectorPolicy } from "@assay/core";
import {
  findSnapshotAtBlock,
  findSnapshotInputs,
  findVisibleSnapshot,
  listSnapshots,
  type SnapshotRow,
  type SnapshotView,
} from "@assay/db";
import type { Backend } from "../backend.ts";
import { isSetter } from "./horizon.ts";
import { snapshotView } from "./view.ts";

type By<Input> = Input & { caller: Caller };

/** Snapshots the caller may see, newest first. */
export async function pageSnapshots(
  backend: Backend,
  { caller, ...page }: By<ListSnapshots>,
): Promise<Page<SnapshotSummary>> {
  const { items, nextCursor } = await listSnapshots(backend.db, { ...page, ...viewOf(backend, caller) });
  return { items: items.map(summaryOf), nextCursor };
}

/** One signed snapshot the caller may see. */
export async function getSnapshot(
  backend: Backend,
  { caller, version }: By<SnapshotRef>,
): Promise<SignedSnapshot> {
  return snapshotView(await visible(backend, { caller, version }));
}

/** The snapshot that was in force at a block, as far as the caller may see it. */
export async function getSnapshotAt(
  backend: Backend,
  { caller, block }: By<SnapshotAt>,
): Promise<SignedSnapshot> {
  const row = await findSnapshotAtBlock(backend.db, { ...viewOf(backend, caller), block });
  if (row !== undefined) return snapshotView(row);
  throw missing(`of block ${block}`);
}

/** What a snapshot the caller may see was computed from. */
export async function getInputs(
  backend: Backend,
  { caller, version }: By<SnapshotRef>,
): Promise<PublishedInputs> {
  const row = await visible(backend, { caller, version });
  const inputs = await findSnapshotInputs(backend.db, row);
  if (inputs !== undefined) return { version, inputs };
  throw new ApiError({ code: "API_NOT_FOUND", kind: "snapshot inputs", id: String(version) });
}

async function visible(backend: Backend, { caller, version }: By<SnapshotRef>): Promise<SnapshotRow> {
  const row = await findVisibleSnapshot(backend.db, { ...viewOf(backend, caller), version });
  if (row !== undefined) return row;
  throw missing(String(version));
}

/** A validator sees at once what it is to set; whoever else saw it could copy it before it is on chain. */
function viewOf(backend: Backend, caller: Caller): SnapshotView {
  const { netuid, mechid, subnet } = backend;
  return { netuid, mechid, readableIn: isSetter(backend, caller) ? null : subnet.current().epoch.epochIndex };
}

function missing(id: string): ApiError {
  const message = "There is no such snapshot, or it is not public yet.";
  return new ApiError({ code: "API_NOT_FOUND", kind: "snapshot", id }, message);
}

function summaryOf({
  version,
  block,
  validUntil,
  vectorHash,
  policy,
  createdAt,
}: SnapshotRow): SnapshotSummary {
  const known = VectorPolicy.safeParse(policy);
  const at = { block, validUntil, createdAt: createdAt.toISOString() };
  return { version, ...at, vectorHash, policy: known.success ? known.data : "unknown" };
}
