import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createEpochKernel, epoch, fastEpoch } from "./fast/test/native.ts";
import { filled, subnet } from "./test/epoch-inputs.ts";
import type { EpochInput, EpochOutput, SparseRow } from "./types.ts";

const UIDS = 256;
const RECORDED = "metagraph-sn15-block4769998.json";

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

const PATHS = [
  ["older bonds", { yuma3: false }],
  ["Yuma3", { yuma3: true }],
  ["Yuma3, liquid alpha", { yuma3: true, liquidAlpha: true }],
] as const;
const GRAPHS = [
  [sparseName, metagraph ?? generated()],
  ["dense, 64 x 256", dense()],
] as const;

for (const [path, changes] of PATHS)
  for (const [name, graph] of GRAPHS)
    test(`epoch: ${name}; ${path}`, async ({ bench }) => {
      const input = settled(graph, changes);
      const kernel = createEpochKernel();
      expect(kernel(input)).toEqual(epoch(input));
      const results = await bench.compare(
        bench("reference", () => epoch(input).incentive.length),
        bench("fastEpoch", () => fastEpoch(input).incentive.length),
        bench("kernel with kept memory", () => kernel(input).incentive.length),
        { time: 1_500 },
      );
      const [reference, fast, kept] = (["reference", "fastEpoch", "kernel with kept memory"] as const).map(
        (title) => results.get(title).latency.p50,
      );
      console.info(`${name}; ${path}: medians ${ms(reference)}, ${ms(fast)}, ${ms(kept)} with kept memory`);
      console.info(`  ${ratio(reference, fast)} and ${ratio(reference, kept)} times the reference`);
    });

test("1,000 epochs in a row: dense, 64 x 256", () => {
  for (const [path, changes] of PATHS) {
    const kernel = createEpochKernel();
    let input = settled(dense(), changes);
    const start = performance.now();
    for (let k = 0; k < 1_000; k += 1) input = after(input, kernel(input));
    console.info(`${path}: 1,000 epochs in ${((performance.now() - start) / 1_000).toFixed(2)} s`);
    expect(input.block).toBe(101_000);
  }
});

/** The next epoch of the subnet, with all weights renewed and shifted by one validator. */
function after(input: EpochInput, output: EpochOutput): EpochInput {
  const { weights } = input;
  const block = input.block + input.tempo;
  return {
    ...input,
    block,
    lastEpochRunBlock: input.block,
    lastUpdate: filled(input.n, block - 1),
    bonds: output.bonds,
    weights: weights.map((row, uid) => (row.length === 0 ? row : (weights[(uid + 1) % 64] ?? row))),
  };
}

function ms(value: number | undefined): string {
  return `${value?.toFixed(3)} ms`;
}

function ratio(reference: number | undefined, value: number | undefined): string {
  return ((reference ?? 0) / (value ?? 1)).toFixed(0);
}
