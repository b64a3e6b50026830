import { randomBytes } from "node:crypto";
import { secretHash } from "@assay/core";
import { type CompetitionRow, type CycleRow, openCycle, type Trx } from "@assay/db";
import { type Backend, blockOf, nowOf } from "../backend.ts";

/** Opens the cycle that collects from now on; the hash of its secret is public from this moment. */
export async function openNextCycle(
  trx: Trx,
  { backend, competition }: { backend: Backend; competition: CompetitionRow },
): Promise<CycleRow | undefined> {
  const secret = randomBytes(32).toString("hex");
  return openCycle(trx, {
    netuid: competition.netuid,
    competitionId: competition.id,
    thresholdsVersion: competition.thresholdsVersion,
    secret,
    secretHash: await secretHash(secret),
    openedAt: nowOf(backend),
    openedAtBlock: blockOf(backend),
  });
}
