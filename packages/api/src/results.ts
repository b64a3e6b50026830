import { IsoTime, JobId, Receipt, Sha256, SignedResult } from "@assay/core";
import { z } from "zod";
import { router, validatorProcedure } from "./trpc.ts";
import type { HotkeyVerb } from "./verb.ts";

/** Sent once the result is stored durably; the same result gets the same receipt. */
export const ResultReceipt = z.object({
  jobId: JobId,
  attempt: z.int().min(1),
  /** SHA-256 of the signed body as received. */
  sha256: Sha256,
  acceptedAt: IsoTime,
  /** The backend's signed word for it, over a `ResultReceiptBody`. */
  receipt: Receipt,
});
export type ResultReceipt = z.infer<typeof ResultReceipt>;

export type ResultVerbs = { report: HotkeyVerb<SignedResult, ResultReceipt> };

export const resultsRouter = (verbs: ResultVerbs) =>
  router({
    /** Stores a signed result. CONFLICT if another one was recorded under the same attempt. */
    report: validatorProcedure
      .input(SignedResult)
      .output(ResultReceipt)
      .mutation(({ ctx, input }) => verbs.report(ctx, input)),
  });
