import { defineProject } from "vitest/config";

// Loading the chain's libraries takes longer than most of these files; they share them, and nothing else is shared.
// A world is a chain, a database and a backend: on a busy machine starting it takes many seconds.
export default defineProject({
  test: { name: "@assay/backend", isolate: false, testTimeout: 60_000, hookTimeout: 120_000 },
});
