import { defineProject } from "vitest/config";

// These start everything there is; a busy machine must not fail a test that waits for it.
export default defineProject({ test: { name: "@assay/e2e", testTimeout: 120_000, hookTimeout: 240_000 } });
