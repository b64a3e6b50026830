import { Address, Block, BlockHash, Certificate, Mechid, Netuid } from "@assay/core";
import { z } from "zod";
import { publicProcedure, rest, router } from "./trpc.ts";
import type { Verb } from "./verb.ts";

/** What a stranger needs to know before trusting or signing anything. */
export const SystemInfo = z.object({
  softwareVersion: z.string(),
  genesis: BlockHash,
  netuid: Netuid,
  mechid: Mechid,
  /** Origins a signed request may name as its audience. */
  audiences: z.array(z.string()).min(1),
  /** Key that signs snapshots and receipts, and the subnet owner's word for it. */
  snapshotKey: Address,
  certificate: Certificate,
  /** Newest finalised block the backend has seen. */
  finalised: z.object({ block: Block, hash: BlockHash }),
});
export type SystemInfo = z.infer<typeof SystemInfo>;

export type SystemVerbs = { info: Verb<void, SystemInfo> };

export const systemRouter = (verbs: SystemVerbs) =>
  router({
    /** Which chain, subnet and keys this backend serves. */
    info: publicProcedure
      .meta(rest("GET /system/info", { summary: "Describe this backend", protect: false }))
      .input(z.void())
      .output(SystemInfo)
      .query(({ ctx }) => verbs.info(ctx)),
  });
