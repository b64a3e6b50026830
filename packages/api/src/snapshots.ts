import { SignedSnapshot } from "@assay/core";
import type { TrackedEnvelope } from "@trpc/server";
import { z } from "zod";
import type { KeyContext } from "./context.ts";
import { trackedOutput } from "./tracked-output.ts";
import { rest, router, validatorKeyProcedure } from "./trpc.ts";
import type { KeyVerb } from "./verb.ts";

/** `lastEventId` is the last version the subscriber has seen. */
export const SubscribeSnapshots = z.object({ lastEventId: z.string().max(20).nullish() }).nullish();
export type SubscribeSnapshots = z.infer<typeof SubscribeSnapshots>;

export type SnapshotVerbs = {
  latest: KeyVerb<void, SignedSnapshot>;
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
    /** The newest snapshot first, unless it was seen, then every newer one; a slow reader skips to the newest. */
    subscribe: validatorKeyProcedure
      .input(SubscribeSnapshots)
      .output(trackedOutput(SignedSnapshot))
      .subscription(({ ctx, input, signal }) =>
        verbs.subscribe(ctx, input, signal ?? new AbortController().signal),
      ),
  });
