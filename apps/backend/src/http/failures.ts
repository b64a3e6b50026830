import { asApiError } from "@assay/api";
import type { TRPCError } from "@trpc/server";
import type { Log } from "../log.ts";

type Failure = {
  error: TRPCError;
  path: string | undefined;
  ctx: { requestId: string } | undefined;
};

/** Logs what only the operator may know: the cause behind an API_INTERNAL. Refusals are the caller's business. */
export function logFailure(log: Log, { error, path, ctx }: Failure): void {
  const { code } = asApiError(error);
  const facts = { requestId: ctx?.requestId, path, code };
  if (code === "API_INTERNAL") log.error({ ...facts, err: error.cause ?? error }, "request failed");
  else log.debug(facts, "request refused");
}
