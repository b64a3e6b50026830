import type { ApiErrorCode, AppRouter } from "@assay/api";
import { describeProcedures } from "@assay/api";
import type { Backend } from "../backend.ts";
import type { Metrics } from "./metrics.ts";

/** Lets answers of a contract's procedures be counted, each from zero on. */
export function nameProcedures({ metrics }: Pick<Backend, "metrics">, router: AppRouter): void {
  for (const { path: procedure } of describeProcedures(router)) {
    metrics.procedures.add(procedure);
    metrics.requests.inc({ procedure, code: "none" }, 0);
  }
}

/** Counts one answer. */
export function countAnswer(
  { metrics }: Pick<Backend, "metrics">,
  { path, code }: { path: string | undefined; code: ApiErrorCode | "none" },
): void {
  metrics.requests.inc({ procedure: labelOf(metrics, path), code });
}

/** Starts a clock for one request; what is returned is told each procedure it was for, as the answer leaves. */
export function timeAnswer({ metrics }: Pick<Backend, "metrics">): (path: string | undefined) => void {
  const stop = metrics.requestSeconds.startTimer();
  return (path) => void stop({ procedure: labelOf(metrics, path) });
}

/** A path that strangers made up does not become a series of its own. */
function labelOf({ procedures }: Metrics, path: string | undefined): string {
  return path !== undefined && procedures.has(path) ? path : "none";
}
