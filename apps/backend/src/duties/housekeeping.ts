import { pruneNonces } from "@assay/db";
import { type Backend, nowOf } from "../backend.ts";
import type { Duty } from "./duty.ts";
import { HOUSEKEEPING } from "./names.ts";

const INTERVAL_MS = 60_000;

/** Forgets nonces of requests that would be refused as expired anyway. */
export function housekeepingDuty(backend: Backend): Duty {
  return {
    name: HOUSEKEEPING,
    intervalMs: INTERVAL_MS,
    run: async () => {
      const forgotten = await pruneNonces(backend.db, nowOf(backend));
      if (forgotten > 0) backend.log.debug({ forgotten }, "nonces forgotten");
    },
  };
}
