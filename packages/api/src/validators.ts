import { Block, Heartbeat, ValidatorStatus } from "@assay/core";
import { z } from "zod";
import { rest, router, validatorProcedure, viewerProcedure } from "./trpc.ts";
import type { HotkeyVerb, KeyVerb } from "./verb.ts";

/** What a validator learns from its heartbeat. */
export const HeartbeatAnswer = z.object({
  /** Finalised block the heartbeat counts for. */
  block: Block,
  latestSnapshotVersion: z.int().min(1).nullable(),
});
export type HeartbeatAnswer = z.infer<typeof HeartbeatAnswer>;

export type ValidatorVerbs = {
  heartbeat: HotkeyVerb<Heartbeat, HeartbeatAnswer>;
  list: KeyVerb<void, ValidatorStatus[]>;
};

export const validatorsRouter = (verbs: ValidatorVerbs) =>
  router({
    /** Says the caller is alive, which keeps it on the roster of new jobs. */
    heartbeat: validatorProcedure
      .input(Heartbeat)
      .output(HeartbeatAnswer)
      .mutation(({ ctx, input }) => verbs.heartbeat(ctx, input)),
    /** Validators that ever sent a heartbeat; their connections are those of the replica that answers. */
    list: viewerProcedure
      .meta(rest("GET /admin/validators", { summary: "List validators" }))
      .input(z.void())
      .output(z.array(ValidatorStatus))
      .query(({ ctx }) => verbs.list(ctx)),
  });
