import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Chain } from "@assay/chain";
import type { Candidate, Competition } from "@assay/core";
import { listSnapshotsAfter } from "@assay/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoCast, NETUID } from "./accounts.ts";
import { createRunFolder } from "./folder.ts";
import { openCompetition, startValidators, submitAgents } from "./people.ts";
import type { LogLine } from "./process.ts";
import { createScreen } from "./screen.ts";
import {
  type Backend,
  type Database,
  type Run,
  startBackend,
  startChain,
  startDatabase,
} from "./services.ts";
import { createStack } from "./stack.ts";

/** The backend, except that it kills itself at the moment it was told, once armed by SIGUSR2. */
const MORTAL = fileURLToPath(new URL("../../../backend/src/testing/mortal-main.ts", import.meta.url));
const MOMENTS = ["snapshot-committed", "snapshot-notified", "socket-written"] as const;
const VALIDATORS = 3;

const home = mkdtempSync(join(tmpdir(), "assay-crash-"));
const stack = createStack();
/** What the validators wrote in their logs, by name. */
const logs: { validator: string; line: LogLine }[] = [];

let run: Run;
let chain: Chain;
let database: Database;
let competitions: Competition[];
let port: number;

beforeAll(async () => {
  const screen = createScreen(() => undefined, Date.now);
  const folder = createRunFolder(home, Date.now());
  const { signal } = new AbortController();
  run = { folder, screen, stack, signal, fail: () => undefined, cast: await demoCast() };
  [chain, database] = await Promise.all([startChain(run, 0), startDatabase(run)]);
  const backend = await startBackend(run, { chain, database, port: 0 });
  port = Number(new URL(backend.url).port);
  const onLog = (validator: string, line: LogLine): void => void logs.push({ validator, line });
  await startValidators(run, { chain, backend, extrinsics: [], onLog });
  // Three competitions that even a poor agent may enter, so that there is one decision for each moment. Blocks come by the
  // clock: a busy machine may need more of them than a demonstration to evaluate.
  competitions = await Promise.all(
    MOMENTS.map(() => openCompetition(run, backend, { minSuccessRate: 0.01, cycleBlocks: 2_000 })),
  );
  await submitAgents(run, { backend, competitions, agents: ["greedy", "hasty", "careful"] });
  await pendingCandidates(backend, MOMENTS.length);
  await backend.process.stop();
}, 300_000);

afterAll(async () => {
  await stack.close();
  await stack.closeLast();
  rmSync(home, { recursive: true, force: true });
}, 60_000);

/** Looks again with every finalised block. */
async function eventually<Result>(
  look: () => Promise<Result | undefined> | Result | undefined,
): Promise<Result> {
  const stop = new AbortController();
  for await (const _head of chain.finalisedHeads(stop.signal)) {
    const found = await look();
    if (found === undefined) continue;
    stop.abort();
    return found;
  }
  throw new Error("the chain ended first");
}

function pendingCandidates({ admin }: Backend, count: number): Promise<Candidate[]> {
  return eventually(async () => {
    const { items } = await admin.candidates.list({ status: "pending" });
    return items.length === count ? items : undefined;
  });
}

/** Versions whose snapshot names a candidate, oldest first. */
async function versionsNaming(id: string): Promise<number[]> {
  const all = { netuid: NETUID, mechid: 0, version: 0, limit: 1000 };
  const rows = await listSnapshotsAfter(database.db, all);
  return rows.filter(({ body }) => body.includes(id)).map(({ version }) => version);
}

function accepted(version: number): string[] {
  return logs
    .filter(({ line }) => line.msg === "snapshot accepted" && line["version"] === version)
    .map(({ validator }) => validator);
}

test.each(MOMENTS.map((moment, index) => [moment, index] as const))(
  "killed at %s, the backend loses nothing and every validator applies the decision once",
  async (moment, index) => {
    const mortal = await startBackend(run, { chain, database, port, entry: MORTAL, args: [moment] });
    const competitionId = competitions[index]?.id;
    const { items } = await mortal.admin.candidates.list({ status: "pending", competitionId });
    const id = items[0]?.id ?? "";
    await eventually(async () => {
      const validators = await mortal.admin.validators.list();
      return validators.filter(({ connections }) => connections > 0).length === VALIDATORS || undefined;
    });
    process.kill(mortal.process.pid, "SIGUSR2");
    await mortal.admin.candidates.approve({ id }).catch(() => undefined);
    expect(await mortal.process.ended).toBeNull();

    const backend = await startBackend(run, { chain, database, port });
    const [version = 0] = await versionsNaming(id);
    // Whoever connects late hears only the newest, which may be a later one.
    const appliedBy = await eventually(async () => {
      const validators = (await versionsNaming(id)).flatMap(accepted);
      return new Set(validators).size === VALIDATORS ? validators : undefined;
    });
    expect((await backend.admin.candidates.get({ id })).status).toBe("approved");
    expect((await backend.admin.leaders.list()).map((leader) => leader.competitionId)).toContain(
      competitionId,
    );
    expect(version).toBeGreaterThan(0);
    expect(accepted(version).length).toBeLessThanOrEqual(VALIDATORS);
    expect(new Set(accepted(version)).size).toBe(accepted(version).length);
    expect(appliedBy.length).toBeGreaterThanOrEqual(VALIDATORS);
    const decisions = (await backend.admin.audit.list({})).items.filter((entry) => entry.target === id);
    expect(decisions.map(({ action }) => action)).toEqual(["candidate.approve"]);
    await backend.process.stop();
  },
  300_000,
);

/** What stands in every file of a folder of the run, by its name. */
function contentOf(folder: "logs" | "secrets"): [string, string][] {
  const path = join(run.folder.path, folder);
  return readdirSync(path).map((name) => [name, readFileSync(join(path, name), "utf8").trim()]);
}

test("after all of it no log holds what only its owner may know", () => {
  const [logged, secrets] = [contentOf("logs").filter(([, text]) => text !== ""), contentOf("secrets")];
  expect(logged.map(([name]) => name)).toEqual(expect.arrayContaining(["backend.log", "validator-1.log"]));
  expect(secrets.length).toBeGreaterThan(2 * VALIDATORS);
  const leaks = logged.flatMap(([log, text]) =>
    secrets.filter(([, secret]) => text.includes(secret)).map(([secret]) => `${secret} in ${log}`),
  );
  expect(leaks).toEqual([]);
});
