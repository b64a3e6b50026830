import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

const root = join(import.meta.dirname, "../..");
const folder = process.env["ASSAY_RECORDED_DATA"];
const recorded = folder === undefined ? undefined : join(folder, "subtensor-finney-424.metadata-v16.scale");
const isThere = recorded !== undefined && existsSync(recorded);

/** Connections that break and come back take their time, and metadata has no part in that. */
const ONCE = /failover|rpc\//;

/** Every test that starts a node. */
function testsWithNode(): string[] {
  const files = globSync("src/**/*.test.ts", { cwd: root });
  const startsNode = (file: string) =>
    readFileSync(join(root, file), "utf8").includes("testing/local-chain.ts");
  return files.filter((file) => startsNode(file) && !ONCE.test(file));
}

// The same tests as in the other project, against a devnet that serves mainnet's recorded metadata.
export default defineConfig({
  root,
  test: {
    name: "@assay/chain, recorded metadata",
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    include: ["src/testing/recorded.test.ts", ...(isThere ? testsWithNode() : [])],
    benchmark: { include: [] },
    provide: { servedMetadata: isThere ? recorded : null },
  },
});
