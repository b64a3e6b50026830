import { configDefaults, defineConfig } from "vitest/config";

// Loading the chain's types takes a second per file; the tests share nothing that could leak.
export default defineConfig({
  test: {
    name: "@assay/chain",
    isolate: false,
    exclude: [...configDefaults.exclude, "src/testing/recorded.test.ts"],
  },
});
