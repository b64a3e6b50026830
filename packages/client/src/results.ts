import { ResultBody, ResultReceiptBody, type SignedResult, sha256Hex } from "@assay/core";
import type { CallOptions } from "./http.ts";
import type { Facade } from "./procedures.ts";
import { checkReceipt, type ReceiptOptions } from "./receipt.ts";
import type { Settings } from "./settings.ts";

export type ReportOptions = CallOptions & ReceiptOptions;

type Accepted = Awaited<ReturnType<Facade["results"]["report"]>>;

/** Reports a signed result and returns the backend's signed word for it; reporting it again returns the first. */
export type ReportResult = (result: SignedResult, options?: ReportOptions) => Promise<Accepted>;

export function resultVerbs({ results }: Facade, { netuid }: Settings): { reportResult: ReportResult } {
  return {
    async reportResult(result, { verify, backendKey, signal } = {}) {
      const accepted = await results.report(result, { signal });
      if (verify === undefined) return accepted;
      const { jobId, cycleId, submissionId, validator, attempt } = ResultBody.parse(JSON.parse(result.body));
      const sha256 = await sha256Hex(result.body);
      const expected = { netuid, jobId, cycleId, submissionId, validator, attempt, sha256 };
      checkReceipt(accepted.receipt, { schema: ResultReceiptBody, verify, backendKey, expected });
      return accepted;
    },
  };
}
