import { defineProject } from "vitest/config";

// The test files share nothing that could leak, and loading what they import costs more than most of them.
// A busy machine must not fail a test that waits for an event.
export default defineProject({
  test: { name: "@assay/miner", isolate: false, testTimeout: 60_000, hookTimeout: 120_000 },
});
