import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { seededRandom } from "../random/seeded-random.ts";
import { naiveIou } from "./test/naive-iou.ts";
import { naiveMcc } from "./test/naive-mcc.ts";
import { type Peers, timePeers } from "./test/peers.ts";

const MINERS = 50;
const ANSWERS = [200, 10_000];
const SIDES = [256, 1024];

/**
 * The functions as Node itself loads them: through vitest's module runner every import is a getter, which would be
 * measured too. `require` has no types of its own, hence the casts.
 */
const load = createRequire(import.meta.url);
const { confusionMatrix } = load("./confusion-matrix.ts") as typeof import("./confusion-matrix.ts");
const { multiclassMcc } = load("./multiclass-mcc.ts") as typeof import("./multiclass-mcc.ts");
const { packMask, packTruth } = load("./pack-mask.ts") as typeof import("./pack-mask.ts");
const { packedMask } = load("./mask.ts") as typeof import("./mask.ts");
const { maskOverlap } = load("./overlap.ts") as typeof import("./overlap.ts");
const { iou } = load("./iou.ts") as typeof import("./iou.ts");

const random = seededRandom("metrics bench");
const answers = ANSWERS.map((n) => ({
  n,
  rows: Array.from({ length: MINERS }, () => {
    const labels = Uint8Array.from({ length: n }, () => random.below(3));
    // About four of five right, as a good detector answers.
    const predictions = labels.map((label) => (random.next() < 0.7 ? label : random.below(3)));
    return { labels, predictions };
  }),
}));
const masks = SIDES.map((side) => ({
  side,
  confidences: Float32Array.from({ length: side * side }, () => random.next()),
  truth: Uint8Array.from({ length: side * side }, () => random.below(2)),
}));

const peers = timePeers({
  answers: ANSWERS,
  sides: SIDES,
  files: Object.fromEntries([
    ...answers.flatMap(({ n, rows }) => [
      [`labels-${n}.u8`, Buffer.concat(rows.map(({ labels }) => labels))],
      [`predictions-${n}.u8`, Buffer.concat(rows.map(({ predictions }) => predictions))],
    ]),
    ...masks.flatMap(({ side, confidences, truth }) => [
      [`confidences-${side}.f32`, new Uint8Array(confidences.buffer)],
      [`truth-${side}.u8`, truth],
    ]),
  ]),
});
if (peers !== undefined) console.info(`numpy ${peers.versions.numpy}, ${sklearnNote(peers)}`);

function sklearnNote({ versions }: Peers): string {
  return versions.sklearn ? "scikit-learn" : "scikit-learn is not on this machine";
}

/** Prints how long each way took, and how many times as long as ours. */
function report(title: string, ours: number, others: Record<string, number | undefined>): void {
  const lines = Object.entries(others).flatMap(([name, us]) =>
    us === undefined ? [] : [`${(us / ours).toFixed(2)} x ${name} (${us.toFixed(1)} us)`],
  );
  console.info(`${title}: ${ours.toFixed(1)} us; ${lines.join("; ")}`);
}

for (const { n, rows } of answers)
  test(`MCC of ${MINERS} miners x ${n} answers`, async ({ bench }) => {
    const lists = rows.map(
      ({ labels, predictions }) => [Array.from(labels), Array.from(predictions)] as const,
    );
    const ours = () =>
      rows.map((row) => multiclassMcc(confusionMatrix(row.labels, row.predictions, 3)).value);
    const naive = () => lists.map(([labels, predictions]) => naiveMcc(labels, predictions, 3));
    for (const values of [naive(), peers?.values[`numpy mcc ${n}`]])
      for (const [miner, value] of ours().entries()) expect(value).toBeCloseTo(values?.[miner] ?? value, 12);
    const [fast, slow] = [`ours, ${n} answers`, `naive TypeScript, ${n} answers`];
    const results = await bench.compare(bench(fast, ours), bench(slow, naive), { time: 1_000 });
    report(`MCC, ${MINERS} x ${n}`, results.get(fast).latency.p50 * 1000, {
      "naive TypeScript": results.get(slow).latency.p50 * 1000,
      "numpy bincount": peers?.medians[`numpy mcc ${n}`],
      "scikit-learn": peers?.medians[`sklearn mcc ${n}`],
    });
  });

for (const { side, confidences, truth } of masks)
  test(`IoU of masks ${side} x ${side}`, async ({ bench }) => {
    const shape = { width: side, height: side };
    const packedTruth = packTruth(truth, shape);
    const prediction = packMask(confidences, shape);
    const words = typeof prediction === "string" ? new Uint32Array() : prediction.words;
    const plain = { confidences: Array.from(confidences), truth: Array.from(truth) };
    const overlap = (mask: ReturnType<typeof packMask>): number => {
      const counted = typeof mask === "string" ? mask : maskOverlap(mask, packedTruth);
      return typeof counted === "string" ? 0 : iou(counted);
    };
    const fromFloats = () => overlap(packMask(confidences, shape));
    const fromBits = () => overlap(packedMask(words, shape));
    const naive = () => naiveIou(plain.confidences, plain.truth);
    const found = peers?.values[`numpy iou, sum ${side}`]?.[0] ?? naive();
    expect([fromFloats(), fromBits(), naive()]).toEqual([found, found, found]);
    const names = [`floats, ${side}`, `bits, ${side}`, `naive TypeScript, ${side}`] as const;
    const results = await bench.compare(
      bench(names[0], fromFloats),
      bench(names[1], fromBits),
      bench(names[2], naive),
      { time: 1_000 },
    );
    for (const name of names.slice(0, 2))
      report(`IoU from ${name}`, results.get(name).latency.p50 * 1000, {
        "naive TypeScript": results.get(names[2]).latency.p50 * 1000,
        "numpy, sum": peers?.medians[`numpy iou, sum ${side}`],
        "numpy, count_nonzero": peers?.medians[`numpy iou, count_nonzero ${side}`],
      });
  });
