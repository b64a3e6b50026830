import { defineProject } from "vitest/config";

// Pure functions share nothing, so their files can share a worker.
export default defineProject({
  test: { name: "@assay/core", isolate: false, testTimeout: 60_000, hookTimeout: 120_000 },
});
