import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));
const include = ["{apps,packages,tooling}/*/src/**/*.long.ts"];
const minutes = Number(process.env.ASSAY_LONG_MINUTES ?? 1);

/** Seeded tests, one file after the other, that share `ASSAY_LONG_MINUTES` evenly and print the seeds and counts they reached. */
export default defineConfig({
  root,
  test: {
    include,
    fileParallelism: false,
    globalSetup: fileURLToPath(new URL("../../packages/db/src/test-server.ts", import.meta.url)),
    env: { ASSAY_LONG_MINUTES: String(minutes / globSync(include, { cwd: root }).length) },
    testTimeout: minutes * 60_000 + 300_000,
    // What a file starts first, say a chain, a database and a backend, takes many seconds on a busy machine.
    hookTimeout: 300_000,
    reporters: ["default", fileURLToPath(new URL("closing-line.ts", import.meta.url))],
  },
});
