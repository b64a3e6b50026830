import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      "packages/*",
      "packages/chain/src/testing/vitest.config.ts",
      "apps/*",
      "tooling/boundaries",
      "tooling/e2e",
    ],
    globalSetup: ["./tooling/vitest/compile-cache.ts", "./packages/db/src/test-server.ts"],
    reporters: ["default", "./tooling/vitest/closing-line.ts"],
  },
});
