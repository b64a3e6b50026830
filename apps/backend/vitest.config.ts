import { defineProject } from "vitest/config";

// Loading the chain's libraries takes longer than most of these files; they share them, and nothing else is shared.
export default defineProject({ test: { name: "@assay/backend", isolate: false, testTimeout: 20_000 } });
