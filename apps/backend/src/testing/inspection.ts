import { verifySignature } from "@assay/chain/wallet";
import { openSnapshot, type SignedSnapshot, type SnapshotBody } from "@assay/core";
import {
  AUDIT_ROOT,
  type Db,
  findSubmission,
  listAudit,
  listCandidates,
  listJobsOfCycle,
  listResultsOfCycle,
  listSnapshotsAfter,
  verifyAuditChain,
} from "@assay/db";
import type { Ledger } from "./ledger.ts";
import type { Stage } from "./stage.ts";
import type { Watcher } from "./watcher.ts";
import { hotkeyOf, NETUID, type World } from "./world.ts";

const MECHANISM = { netuid: NETUID, mechid: 0 };
const MANY = 10_000;

/** What the database says against what was acknowledged and heard: one line for everything that is wrong. */
export async function inspect({ world, ledger, crew }: Stage): Promise<string[]> {
  const { db } = world;
  const watchers = crew.map(({ watcher }) => watcher);
  const found = [
    await lostSubmissions(db, ledger),
    await wrongResults(db, ledger),
    await wrongSnapshots(world),
    await wrongHeads(world),
    await wrongApprovals(db, ledger),
    await wrongBroadcasts(db, watchers),
  ];
  const { brokenAt } = await verifyAuditChain(db, NETUID);
  return brokenAt === null ? found.flat() : [...found.flat(), `the audit log is broken at ${brokenAt}`];
}

async function lostSubmissions(db: Db, { submissions }: Ledger): Promise<string[]> {
  const wrong: string[] = [];
  for (const { id, sha256 } of submissions)
    if ((await findSubmission(db, id))?.sha256 !== sha256) wrong.push(`submission ${id} was lost`);
  return wrong;
}

/** Every acknowledged result is there as it was acknowledged, and no job has two or says that it is done without one. */
async function wrongResults(db: Db, { results }: Ledger): Promise<string[]> {
  const wrong: string[] = [];
  for (const [cycleId, acknowledged] of Map.groupBy(results, (one) => one.cycleId)) {
    const stored = Map.groupBy(await listResultsOfCycle(db, cycleId), ({ jobId }) => jobId);
    for (const { jobId, attempt, sha256 } of acknowledged) {
      const [row] = stored.get(jobId) ?? [];
      if (row?.attempt !== attempt || row.bodySha256 !== sha256) wrong.push(`result of ${jobId} was lost`);
    }
    for (const { id, status } of await listJobsOfCycle(db, cycleId)) {
      const count = stored.get(id)?.length ?? 0;
      if (count !== (status === "done" ? 1 : 0)) wrong.push(`${id} is ${status} and has ${count} results`);
    }
  }
  return wrong;
}

/** Versions without a gap, signed for this subnet, which pay whoever was approved by then and nobody else. */
async function wrongSnapshots(world: World): Promise<string[]> {
  const { db } = world;
  const approvedIn = await approvals(db);
  const { items } = await listCandidates(db, { netuid: NETUID, limit: MANY });
  const hotkeys = new Map(items.map(({ id, hotkey }) => [id, hotkey]));
  const { address: ownerHotkey } = await hotkeyOf("Owner");
  const wrong: string[] = [];
  for (const [index, { version, ...row }] of (await allSnapshots(db)).entries()) {
    if (version !== index + 1) wrong.push(`version ${version} stands at place ${index + 1}`);
    for (const { decisions, vector } of (await opened(world, { version, ...row })).instances) {
      for (const id of decisions)
        if ((approvedIn.get(id)?.[0] ?? MANY) > version)
          wrong.push(`version ${version} pays ${id}, unapproved`);
      const paid = new Set([ownerHotkey, ...decisions.map((id) => hotkeys.get(id))]);
      for (const { hotkey } of vector.entries)
        if (!paid.has(hotkey)) wrong.push(`version ${version} pays ${hotkey}`);
    }
  }
  return wrong;
}

/** Every snapshot says how far the audit log had come, and the log still leads there. */
async function wrongHeads(world: World): Promise<string[]> {
  const { items } = await listAudit(world.db, { netuid: NETUID, limit: MANY });
  const hashes = new Map([[0, AUDIT_ROOT], ...items.map(({ sequence, hash }) => [sequence, hash] as const)]);
  const wrong: string[] = [];
  for (const row of await allSnapshots(world.db)) {
    const { auditHead } = await opened(world, row);
    if (auditHead === undefined || hashes.get(auditHead.sequence) !== auditHead.hash)
      wrong.push(`version ${row.version} names act ${auditHead?.sequence}, which is not in the log`);
  }
  return wrong;
}

async function opened({ chain }: World, signed: SignedSnapshot): Promise<SnapshotBody> {
  const { address: ownerHotkey } = await hotkeyOf("Owner");
  const { block } = await chain.finalisedHead();
  const check = { verify: verifySignature, ownerHotkey, genesis: chain.genesisHash, block };
  return openSnapshot({ signed, ...MECHANISM, ...check });
}

/** Versions that the audit log says approvals have written, by candidate. */
async function approvals(db: Db): Promise<Map<string, number[]>> {
  const { items } = await listAudit(db, { netuid: NETUID, action: "candidate.approve", limit: MANY });
  const byTarget = Map.groupBy(items, ({ target }) => target);
  return new Map(
    [...byTarget].map(([id, rows]) => [id, rows.map(({ facts }) => Number(facts?.["snapshot"]))]),
  );
}

async function wrongApprovals(db: Db, ledger: Ledger): Promise<string[]> {
  const approvedIn = await approvals(db);
  return ledger.approvals
    .filter((id) => approvedIn.get(id)?.length !== 1)
    .map((id) => `the approval of ${id} was written ${approvedIn.get(id)?.length ?? 0} times`);
}

/** Everybody heard strictly growing versions as they were signed, and the newest of all in the end. */
async function wrongBroadcasts(db: Db, watchers: readonly Watcher[]): Promise<string[]> {
  const rows = new Map((await allSnapshots(db)).map((row) => [row.version, row]));
  const newest = Math.max(...rows.keys());
  const wrong: string[] = [];
  for (const [index, { heard }] of watchers.entries()) {
    const versions = heard.map(({ version }) => version);
    if (versions.some((version, at) => version <= (versions[at - 1] ?? 0)))
      wrong.push(`validator ${index} heard ${versions.join(", ")}`);
    if (versions.at(-1) !== newest)
      wrong.push(`validator ${index} ended on ${versions.at(-1)}, not ${newest}`);
    for (const { version, body, signature } of heard)
      if (rows.get(version)?.body !== body || rows.get(version)?.signature !== signature)
        wrong.push(`validator ${index} heard another version ${version}`);
  }
  return wrong;
}

function allSnapshots(db: Db) {
  return listSnapshotsAfter(db, { ...MECHANISM, version: 0, limit: MANY });
}
