import type { ApiErrorCode, AppRouter } from "@assay/api";
import { describeProcedures } from "@assay/api";
import type { Backend } from "../backend.ts";

/** Lets answers of a contract's procedures be counted, each from zero on. */
export function nameProcedures({ metrics }: Pick<Backend, "metrics">, router: AppRouter): void {
  for (const { path: procedure } of describeProcedures(router)) {
    metrics.procedures.add(procedure);
    metrics.requests.inc({ procedure, code: "none" }, 0);
  }
}

/** Counts one answer; a path that strangers made up does not become a series of its own. */
export function countAnswer(
  { metrics }: Pick<Backend, "metrics">,
  { path, code }: { path: string | undefined; code: ApiErrorCode | "none" },
): void {
  const isKnown = path !== undefined && metrics.procedures.has(path);
  metrics.requests.inc({ procedure: isKnown ? path : "none", code });
}
