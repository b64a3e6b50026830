import {
  Block,
  IsoTime,
  type Page,
  PublishedInputs,
  pageOf,
  Sha256,
  SignedSnapshot,
  VectorPolicy,
} from "@assay/core";
import type { TrackedEnvelope } from "@trpc/server";
import { z } from "zod";
import type { KeyContext } from "./context.ts";
import { SequencePage } from "./sequence-page.ts";
import { trackedOutput } from "./tracked-output.ts";
import { publicProcedure, rest, router, validatorKeyProcedure } from "./trpc.ts";
import type { KeyVerb, Verb } from "./verb.ts";

/** `lastEventId` is the last version the subscriber has seen. */
export const SubscribeSnapshots = z.object({ lastEventId: z.string().max(20).nullish() }).nullish();
export type SubscribeSnapshots = z.infer<typeof SubscribeSnapshots>;

/** Paged by version, newest first. */
export const ListSnapshots = SequencePage;
export type ListSnapshots = z.infer<typeof ListSnapshots>;

export const SnapshotRef = z.object({ version: z.coerce.number().int().min(1).max(2_147_483_647) });
export type SnapshotRef = z.infer<typeof SnapshotRef>;

export const SnapshotAt = z.object({ block: z.coerce.number().int().min(0).max(2_147_483_647) });
export type SnapshotAt = z.infer<typeof SnapshotAt>;

/** A snapshot in a list; `policy` is `unknown` if an instance is not the backend's to decide. */
export const SnapshotSummary = z.object({
  version: z.int().min(1),
  block: Block,
  validUntil: Block,
  vectorHash: Sha256,
  policy: z.enum([...VectorPolicy.options, "unknown"]),
  createdAt: IsoTime,
});
export type SnapshotSummary = z.infer<typeof SnapshotSummary>;

export type SnapshotVerbs = {
  latest: KeyVerb<void, SignedSnapshot>;
  list: Verb<ListSnapshots, Page<SnapshotSummary>>;
  get: Verb<SnapshotRef, SignedSnapshot>;
  atBlock: Verb<SnapshotAt, SignedSnapshot>;
  inputs: Verb<SnapshotRef, PublishedInputs>;
  subscribe: (
    ctx: KeyContext,
    input: SubscribeSnapshots,
    signal: AbortSignal,
  ) => AsyncIterable<TrackedEnvelope<SignedSnapshot>>;
};

export const snapshotsRouter = (verbs: SnapshotVerbs) =>
  router({
    /** The newest signed snapshot. NOT_FOUND before the first. */
    latest: validatorKeyProcedure
      .meta(rest("GET /snapshots/latest", { summary: "Get the latest signed snapshot" }))
      .input(z.void())
      .output(SignedSnapshot)
      .query(({ ctx }) => verbs.latest(ctx)),
    /** Snapshots, newest first: all for validators, for everybody else those that can be read on chain. */
    list: publicProcedure
      .meta(rest("GET /snapshots", { summary: "List snapshots", protect: false }))
      .input(ListSnapshots)
      .output(pageOf(SnapshotSummary))
      .query(({ ctx, input }) => verbs.list(ctx, input)),
    /** The snapshot in force at a block. NOT_FOUND if there is none that may be seen. */
    atBlock: publicProcedure
      .meta(rest("GET /snapshots/at/{block}", { summary: "Get the snapshot of a block", protect: false }))
      .input(SnapshotAt)
      .output(SignedSnapshot)
      .query(({ ctx, input }) => verbs.atBlock(ctx, input)),
    /** One signed snapshot. NOT_FOUND if there is none that may be seen. */
    get: publicProcedure
      .meta(rest("GET /snapshots/{version}", { summary: "Get a signed snapshot", protect: false }))
      .input(SnapshotRef)
      .output(SignedSnapshot)
      .query(({ ctx, input }) => verbs.get(ctx, input)),
    /** What a snapshot was computed from, so that anybody can compute it again; public when the snapshot is. */
    inputs: publicProcedure
      .meta(rest("GET /snapshots/{version}/inputs", { summary: "Get a snapshot's inputs", protect: false }))
      .input(SnapshotRef)
      .output(PublishedInputs)
      .query(({ ctx, input }) => verbs.inputs(ctx, input)),
    /** The newest snapshot first, unless it was seen, then every newer one; a slow reader skips to the newest. */
    subscribe: validatorKeyProcedure
      .input(SubscribeSnapshots)
      .output(trackedOutput(SignedSnapshot))
      .subscription(({ ctx, input, signal }) =>
        verbs.subscribe(ctx, input, signal ?? new AbortController().signal),
      ),
  });
