import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { expect, test, vi } from "vitest";
import { bundle } from "./test/bundle.ts";

// Bundling takes a second on an idle machine.
vi.setConfig({ testTimeout: 60_000 });

/** What browsers, workers included, give to code besides the language itself. */
const BROWSER = { crypto, TextEncoder, TextDecoder, URL, structuredClone, queueMicrotask };

/** Size of one metric in a minified bundle, bytes; with consensus or schemas it would be many times as much. */
const ONE_METRIC_BYTES = 2_000;

test("the package depends on zod alone", () => {
  const manifest: Record<string, unknown> = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  );
  expect(Object.keys(manifest.dependencies ?? {})).toEqual(["zod"]);
  expect([manifest.peerDependencies, manifest.optionalDependencies]).toEqual([undefined, undefined]);
});

test("bundles for the browser, with zod and nothing of Node.js", async () => {
  const { modules } = await bundle(`export * from "@assay/core";`);
  const foreign = modules.filter((id) => !/\/packages\/core\/src\/|\/node_modules\/zod\//.test(id));
  expect(foreign).toEqual([]);
  expect(modules.length).toBeGreaterThan(100);
});

test("runs where there is no Node.js", async () => {
  const { code } = await bundle(`
    import { canonicalJson, honestMiner, honestValidator, proportional, sha256Hex, simulate } from "@assay/core";
    const person = (hotkey, strategy) => ({ hotkey, coldkey: hotkey, stakeRao: 1000000000n, strategy });
    const { miners } = simulate({
      seed: 1,
      epochs: 3,
      mechanism: proportional(),
      validators: [person("validator", honestValidator({ noise: 0 }))],
      miners: [person("good", honestMiner({ quality: 0.75 })), person("fair", honestMiner({ quality: 0.25 }))],
    });
    globalThis.outcome = sha256Hex("").then((empty) =>
      canonicalJson({ empty, incentive: miners.map(({ incentive }) => Math.round(incentive * 100)) }),
    );
  `);
  const browser = createContext({ ...BROWSER });
  runInContext(code, browser);
  expect(await runInContext("outcome", browser)).toBe(
    '{"empty":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","incentive":[75,25]}',
  );
});

test("a bundle with one metric has nothing else in it", async () => {
  const { modules, code } = await bundle(
    `import { binaryMcc } from "@assay/core"; globalThis.metric = binaryMcc;`,
  );
  expect(modules.filter((id) => /\/(consensus|schema|simulation|mechanisms)\/|\/zod\//.test(id))).toEqual([]);
  expect(code.length).toBeLessThan(ONE_METRIC_BYTES);
  expect(code.length).toBeGreaterThan(100);
});

test("a bundle with consensus has no schemas in it", async () => {
  const { modules } = await bundle(`import { fastEpoch } from "@assay/core"; globalThis.run = fastEpoch;`);
  expect(modules.filter((id) => /\/(schema|simulation|mechanisms)\/|\/zod\//.test(id))).toEqual([]);
  expect(modules.some((id) => id.endsWith("/consensus/epoch.ts"))).toBe(true);
});
