import { configDefaults, defineConfig } from "vitest/config";

// Loading the chain's types takes a second per file; the tests share nothing that could leak.
export default defineConfig({
  test: {
    name: "@assay/chain",
    isolate: false,
    // Real sockets on a machine that may be busy: only what hangs shall fail.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    exclude: [...configDefaults.exclude, "src/testing/recorded.test.ts"],
  },
});
