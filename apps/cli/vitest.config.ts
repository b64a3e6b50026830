import { defineProject } from "vitest/config";

// Most of these files start processes; a busy machine must not fail a test that waits for one.
export default defineProject({ test: { name: "assay", testTimeout: 120_000, hookTimeout: 120_000 } });
