import { defineProject } from "vitest/config";

// The test files share nothing that could leak, and loading what they import costs more than most of them.
export default defineProject({
  // Real sockets and processes on a machine that may be busy: only what hangs shall fail.
  test: { name: "@assay/devnet", isolate: false, testTimeout: 60_000, hookTimeout: 120_000 },
});
