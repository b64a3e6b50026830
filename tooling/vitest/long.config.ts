import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Seeded tests that take as long as they are given (`ASSAY_LONG_MINUTES`) and print the seeds and counts they reached. */
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    include: ["{apps,packages}/**/*.long.ts"],
    reporters: ["default", fileURLToPath(new URL("closing-line.ts", import.meta.url))],
  },
});
