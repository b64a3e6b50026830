import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApiPromise, WsProvider } from "@polkadot/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Started, startAssay } from "./assay.ts";
import { epochInputAt } from "./epoch-input.ts";
import type { UpReport } from "./report.ts";

/**
 * A stranger with nothing but @polkadot/api looks at the chain after `assay up` has said what it did.
 */
const home = mkdtempSync(join(tmpdir(), "assay-stranger-"));
const flags = ["--epochs", "2", "--auto-approve", "--json", "--hold", "--port", "0", "--backend-port", "0"];
/** Extensions of Subtensor that add no bytes; named so that the library does not warn. */
const SILENT = [
  "SudoTransactionExtension",
  "CheckShieldedTxValidity",
  "SubtensorTransactionExtension",
  "DrandPriority",
];

let assay: Started;
let report: UpReport;
let api: ApiPromise;

beforeAll(async () => {
  assay = startAssay(["up", ...flags], home);
  report = JSON.parse(await assay.firstLine) as UpReport;
  const signedExtensions = Object.fromEntries(SILENT.map((name) => [name, { extrinsic: {}, payload: {} }]));
  api = await ApiPromise.create({
    provider: new WsProvider(report.endpoint),
    signedExtensions,
    noInitWarn: true,
  });
}, 400_000);

afterAll(async () => {
  await api?.disconnect();
  assay?.signal("SIGTERM");
  await assay?.ended;
  rmSync(home, { recursive: true, force: true });
}, 120_000);

test("two epochs ran, and the approved leader earned incentive in one of them", () => {
  expect(report.epochs).toHaveLength(2);
  const leader = report.leader?.hotkey;
  const paid = report.epochs.map(
    ({ uids, incentive }) => incentive[uids.find(({ hotkey }) => hotkey === leader)?.uid ?? -1],
  );
  expect(Math.max(...paid.map((share) => share ?? 0))).toBeGreaterThan(0);
});

test("every listed extrinsic lies in its block, succeeded and was signed by that hotkey", async () => {
  expect(report.extrinsics.length).toBeGreaterThanOrEqual(3);
  for (const { hash, block, hotkey } of report.extrinsics) {
    const blockHash = await api.rpc.chain.getBlockHash(block);
    const { extrinsics } = (await api.rpc.chain.getBlock(blockHash)).block;
    const index = extrinsics.findIndex((extrinsic) => extrinsic.hash.toHex() === hash);
    expect(index).toBeGreaterThanOrEqual(0);
    expect(extrinsics[index]?.signer.toString()).toBe(hotkey);
    const events = await (await api.at(blockHash)).query["system"]?.["events"]?.();
    const own = (
      events as unknown as {
        phase: { isApplyExtrinsic: boolean; asApplyExtrinsic: { toNumber(): number } };
        event: { method: string };
      }[]
    )
      .filter(({ phase }) => phase.isApplyExtrinsic && phase.asApplyExtrinsic.toNumber() === index)
      .map(({ event }) => event.method);
    expect(own).toContain("ExtrinsicSuccess");
    expect(own).not.toContain("ExtrinsicFailed");
  }
});

test("nobody set weights twice in one epoch", async () => {
  const slots = await Promise.all(
    report.extrinsics.map(async ({ hotkey, block }) => {
      const at = await api.at(await api.rpc.chain.getBlockHash(block));
      return `${hotkey} ${String(await at.query["subtensorModule"]?.["subnetEpochIndex"]?.(report.netuid))}`;
    }),
  );
  expect(new Set(slots).size).toBe(slots.length);
});

test("weights, incentive and dividends in storage at each epoch's block are those of the report", async () => {
  for (const epoch of report.epochs) {
    const at = await api.at(await api.rpc.chain.getBlockHash(epoch.block));
    const read = async (name: string, ...keys: unknown[]): Promise<unknown> =>
      (await at.query["subtensorModule"]?.[name]?.(...keys))?.toJSON();
    expect(await read("incentive", report.netuid)).toEqual(epoch.incentive);
    expect(await read("dividends", report.netuid)).toEqual(epoch.dividends);
    expect(await read("consensus", report.netuid)).toEqual(epoch.consensus);
    for (const { uid, hotkey } of epoch.uids) {
      expect(await read("keys", report.netuid, uid)).toBe(hotkey);
      expect(await read("weights", report.netuid, uid)).toEqual(epoch.weights[hotkey] ?? []);
    }
  }
});

test("assay epoch on inputs read from storage gives what the chain stored", async () => {
  const inputs = await Promise.all(
    report.epochs.map(({ block }) => epochInputAt(api, { netuid: report.netuid, block })),
  );
  const file = join(home, "epochs.json");
  writeFileSync(file, JSON.stringify(inputs.map((input) => ({ input }))));
  const run = startAssay(["epoch", file, "--json"], home);
  const outputs = JSON.parse(await run.firstLine) as {
    incentive: number[];
    dividends: number[];
    consensus: number[];
    emission: (number | string)[];
  }[];
  expect(await run.ended).toBe(0);
  const computed = outputs.map(({ incentive, dividends, consensus, emission }) => ({
    incentive,
    dividends,
    consensus,
    emission: emission.map(String),
  }));
  const stored = report.epochs.map(({ incentive, dividends, consensus, emission }) => ({
    incentive,
    dividends,
    consensus,
    emission,
  }));
  expect(computed).toEqual(stored);
});

test("the last snapshot names leaders, and Ctrl-C ends the held chain with exit code 0", async () => {
  expect(report.snapshots.at(-1)?.policy).toBe("leaders");
  await api.disconnect();
  assay.signal("SIGINT");
  expect(await assay.ended).toBe(0);
});
