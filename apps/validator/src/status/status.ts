import { z } from "zod";

const Whole = z.int().min(0);

/** How a running validator stands, as `status` and `/health` show it. */
export const Status = z.object({
  version: z.string(),
  pid: Whole,
  hotkey: z.string(),
  genesis: z.string(),
  netuid: Whole,
  mechid: Whole,
  duties: z.array(z.string()),
  /** Newest finalised block. */
  block: Whole.nullable(),
  isChainUp: z.boolean(),
  isBackendUp: z.boolean(),
  epoch: z.object({ index: Whole, tempo: Whole, nextBlock: Whole.nullable() }).nullable(),
  snapshot: z.object({ version: Whole, block: Whole, validUntil: Whole }).nullable(),
  lastSet: z
    .object({ block: Whole, epochIndex: Whole, snapshotVersion: Whole, state: z.string() })
    .nullable(),
  hold: z.object({ code: z.string(), reason: z.string() }).nullable(),
  isPaused: z.boolean(),
  backlog: Whole,
  /** Evaluators of other hosts that have joined. */
  evaluators: Whole.default(0),
});
export type Status = z.infer<typeof Status>;
