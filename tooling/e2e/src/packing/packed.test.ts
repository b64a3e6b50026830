import { globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { installPacked } from "./install.ts";
import { compiler, root, run } from "./run.ts";

// Every test starts processes on a machine that may be busy with all other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

let app = "";

beforeAll(async () => {
  app = await installPacked();
});
afterAll(() => {
  if (app !== "") rmSync(dirname(app), { recursive: true, force: true });
});

const assay = (...args: string[]) => run("npx", ["--no-install", "assay", ...args], app);

test("the command line brings everything it runs with it", () => {
  const installed = globSync("node_modules/{*,@*/*}/package.json", { cwd: app });
  expect(installed.map((file) => dirname(file).replace(/^node_modules\//, "")).sort()).toEqual([
    "@assay/core",
    "assay",
    "zod",
  ]);
});

test("the licences of what is bundled come with it", () => {
  const text = readFileSync(join(app, "node_modules/assay/dist/THIRD-PARTY-LICENSES.txt"), "utf8");
  expect(text).toMatch(/^@polkadot\/util@.*Apache-2.0[^]*^zod@.*MIT/m);
});

test("npx assay devnet --blocks 1 says where the chain is, and ends", async () => {
  const { code, stdout, stderr } = await assay("devnet", "--blocks", "1", "--port", "0");
  expect([code, stderr]).toEqual([0, expect.stringMatching(/^a chain at ws:\/\/127\.0\.0\.1:\d+/m)]);
  expect(JSON.parse(stdout)).toMatchObject({ ready: true });
});

test("npx assay --version is that of the package", async () => {
  const { version } = JSON.parse(readFileSync(join(root, "apps/cli/package.json"), "utf8")) as {
    version: string;
  };
  expect(await assay("--version")).toMatchObject({ code: 0, stdout: `${version}\n` });
});

test("npx assay epoch computes a recorded epoch bit for bit", async () => {
  const vectors = JSON.parse(readFileSync(join(root, "packages/core/vectors/yuma.json"), "utf8")) as {
    epoch_cases: { steps: { input: unknown; expected: Record<string, unknown> }[] }[];
  };
  const [step] = vectors.epoch_cases[0]?.steps ?? [];
  const { fixed: _intermediate, ...expected } = step?.expected ?? {};
  writeFileSync(join(app, "epoch.json"), JSON.stringify({ input: step?.input }));
  const { code, stdout } = await assay("epoch", "epoch.json", "--json");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual([expected]);
});

/** A WebAssembly agent that always answers with two zeros. */
const AGENT =
  "AGFzbQEAAAABBAFgAAACDwEDZW52Bm1lbW9yeQIAAQMDAgAABw8CBXJlc2V0AAADYWN0AAEKJQICAAsgAEEARAAAAAAAAAAAOQOABkEARAAAAAAAAAAAOQOIBgs=";

test("npx assay try runs an agent in the packed sandbox", async () => {
  writeFileSync(join(app, "agent.wasm"), Buffer.from(AGENT, "base64"));
  const { code, stdout, stderr } = await assay("try", "agent.wasm", "--episodes", "3", "--json");
  expect([code, stderr]).toEqual([0, expect.not.stringContaining("EVALUATOR")]);
  expect(JSON.parse(stdout)).toMatchObject({ episodes: 3, successRate: 0 });
});

test.each(["backend", "evaluator", "miner", "validator"])(
  "the packed %s starts, and says which settings it lacks",
  async (name) => {
    const entry = join(app, "node_modules/assay/dist", `${name}.js`);
    const { code, stderr } = await run(process.execPath, [entry], app);
    expect([code, stderr]).toEqual([78, expect.stringMatching(/ASSAY_[A-Z_]+/)]);
  },
);

const COMPILER_OPTIONS = {
  target: "es2024",
  lib: ["es2024", "dom"],
  module: "nodenext",
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
};

const from = (names: string): string => `import { ${names} } from "@assay/core";`;

/** What the compiler says about a file of the stranger's. */
async function complaints(text: string): Promise<string> {
  writeFileSync(join(app, "consumer.ts"), text);
  writeFileSync(
    join(app, "tsconfig.json"),
    JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files: ["consumer.ts"] }),
  );
  return (await run(process.execPath, [compiler, "--noEmit"], app)).stdout;
}

test("declarations of @assay/core stand alone under a strict compiler", async () => {
  const consumer = `
    ${from("type EpochInput, fastEpoch, quantise, RulesDocument, toPpb")}
    export const outcome = (input: EpochInput): readonly bigint[] => fastEpoch(input).emission;
    export const burn: number = RulesDocument.parse({}).burn;
    export const rows: readonly unknown[] = [quantise, toPpb([1n, 2n])];
  `;
  expect(await complaints(consumer)).toBe("");
});

test("they are declarations, not any", async () => {
  const consumer = `${from("toPpb")} export const wrong: string = toPpb(["1"]);`;
  expect(await complaints(consumer)).toMatch(/TS2322/);
});
