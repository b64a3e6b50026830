import { latestSnapshot } from "@assay/db";
import type { Context, Hono } from "hono";
import type { Backend } from "../backend.ts";
import { softwareVersion } from "../version.ts";
import type { Env } from "./context.ts";
import { sharedAnswer } from "./shared-answer.ts";

/** `/health`: the process answers. `/ready`: it can do its work, or what keeps it from it. */
export function addHealthRoutes(app: Hono<Env>, backend: Backend): void {
  app.get("/health", (c) => c.json({ status: "alive", softwareVersion }));
  // Nobody is turned away here, so a crowd of callers must not cost a query each.
  const hasDatabase = sharedAnswer(() => canQuery(backend));
  app.get("/ready", async (c) => ready(c, { backend, database: await hasDatabase() }));
}

function ready(c: Context<Env>, { backend, database }: { backend: Backend; database: boolean }): Response {
  const checks = { database, chain: isChainFresh(backend) };
  const isReady = checks.database && checks.chain;
  return c.json({ ready: isReady, checks, chainAgeMs: backend.subnet.ageMs() }, isReady ? 200 : 503);
}

async function canQuery(backend: Backend): Promise<boolean> {
  try {
    await latestSnapshot(backend.db, backend);
    return true;
  } catch (error) {
    backend.log.warn({ err: error }, "database not ready");
    return false;
  }
}

function isChainFresh({ subnet }: Backend): boolean {
  try {
    subnet.current();
    return true;
  } catch {
    return false;
  }
}
