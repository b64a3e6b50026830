import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "vitest";
import { filled, subnet } from "./test/epoch-inputs.ts";
import type { EpochInput, SparseRow } from "./types.ts";

const epoch = loadEpoch();
const UIDS = 256;
const RECORDED = "metagraph-sn15-block4769998.json";

/**
 * The epoch as Node itself loads it: through vitest's module runner every import is a getter, which would be
 * measured too. `require` has no types of its own, hence the cast.
 */
function loadEpoch(): typeof import("./epoch.ts").epoch {
  const loaded = createRequire(import.meta.url)("./epoch.ts") as typeof import("./epoch.ts");
  return loaded.epoch;
}

/** A recorded metagraph: stake in TAO as floats, rows by the uid of the validator. */
type Metagraph = { uids: number; stake: number[]; weights_u16: Record<string, SparseRow> };

function recorded(): Metagraph | undefined {
  const folder = process.env.ASSAY_RECORDED_DATA;
  const file = folder === undefined ? undefined : join(folder, RECORDED);
  if (file === undefined || !existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, "utf8")) as Metagraph;
}

/** As sparse as the recorded one: 20 validators, five of them weighing nearly everybody, the others about 30. */
function generated(): Metagraph {
  const rows = Array.from({ length: 20 }, (_, validator): [string, SparseRow] => [
    String(validator * 12),
    row({ length: validator % 4 === 0 ? 240 : 28, seed: validator }),
  ]);
  return { uids: UIDS, stake: stakes(20, 12), weights_u16: Object.fromEntries(rows) };
}

/** 64 validators, each with a weight on every uid. */
function dense(): Metagraph {
  const rows = Array.from({ length: 64 }, (_, validator): [string, SparseRow] => [
    String(validator),
    row({ length: UIDS, seed: validator }),
  ]);
  return { uids: UIDS, stake: stakes(64, 1), weights_u16: Object.fromEntries(rows) };
}

function row({ length, seed }: { length: number; seed: number }): SparseRow {
  const stride = Math.floor(UIDS / length);
  return Array.from({ length }, (_, k) => [k * stride, ((k + 1) * (seed + 7) * 7_919) % 65_536] as const);
}

function stakes(validators: number, stride: number): number[] {
  const holds = (uid: number) => uid % stride === 0 && uid / stride < validators;
  return Array.from({ length: UIDS }, (_, uid) => (holds(uid) ? 1_000 * (1 + (uid % 37)) : 0));
}

/** An epoch in the middle of a subnet's life: bonds are those that the epoch before left. */
function settled(metagraph: Metagraph, changes: Partial<EpochInput>): EpochInput {
  const first = subnet(metagraph.uids, {
    ...changes,
    maxAllowedValidators: 64,
    stake: metagraph.stake.map((tao) => BigInt(Math.floor(tao * 1e9))),
    weights: filled(metagraph.uids, 0).map((_, uid) => metagraph.weights_u16[uid] ?? []),
  });
  return { ...first, bonds: epoch(first).bonds };
}

const metagraph = recorded();
const sparseName =
  metagraph === undefined ? "generated, 256 uids, 20 validators" : "recorded sn15, 256 uids, 20 validators";
const sparseGraph = metagraph ?? generated();
const denseGraph = dense();

for (const [path, changes] of [
  ["older bonds", { yuma3: false }],
  ["Yuma3", { yuma3: true }],
  ["Yuma3, liquid alpha", { yuma3: true, liquidAlpha: true }],
] as const) {
  test(`epoch, ${path}`, async ({ bench }) => {
    const sparseInput = settled(sparseGraph, changes);
    const denseInput = settled(denseGraph, changes);
    const sparseTitle = `sparse: ${sparseName}; ${path}`;
    const denseTitle = `dense: 64 x 256; ${path}`;
    const results = await bench.compare(
      bench(sparseTitle, () => epoch(sparseInput).incentive.length),
      bench(denseTitle, () => epoch(denseInput).incentive.length),
      { time: 2_000 },
    );
    for (const title of [sparseTitle, denseTitle])
      console.info(`median ${results.get(title).latency.p50.toFixed(1)} ms  ${title}`);
  });
}
