import { asApiError } from "@assay/api";
import type { TRPCError } from "@trpc/server";
import type { Backend } from "../backend.ts";
import { countAnswer } from "../metrics/answers.ts";

type Failure = {
  error: TRPCError;
  path: string | undefined;
  ctx: { requestId: string } | undefined;
};

/**
 * Counts a failure, and logs what only the operator may know: the cause behind an API_INTERNAL. Refusals are the
 * caller's business.
 */
export function noteFailure({ log, metrics }: Backend, { error, path, ctx }: Failure): void {
  const { code } = asApiError(error);
  countAnswer({ metrics }, { path, code });
  const facts = { requestId: ctx?.requestId, path, code };
  if (code === "API_INTERNAL") log.error({ ...facts, err: error.cause ?? error }, "request failed");
  else log.debug(facts, "request refused");
}
