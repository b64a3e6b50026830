// What each root task runs. Paths are relative to the root; every command runs under the pinned Node.js.
const bin = (name, file) => `node_modules/${name}/${file}`;
const vitest = bin("vitest", "vitest.mjs");
const cli = "apps/cli/src/main.ts";
const biome = bin("@biomejs/biome", "bin/biome");
const turbo = ["turbo", bin("turbo", "bin/turbo")];

/** @type {Record<string, string[][]>} task → commands, run in order until one fails; the caller's arguments go to the last. */
export const tasks = {
  install: [],
  audit: [["tooling/bootstrap/audit.mjs"]],
  docs: [["tooling/boundaries/src/main.ts"]],
  start: [[cli, "up"]],
  assay: [[cli]],
  // One worker per core: by itself the runner leaves one idle. A busy machine must not fail a test that waits for an event;
  // one that passes only on its second try is named at the end.
  test: [[vitest, "run", "--maxWorkers=100%", "--testTimeout=60000", "--retry=1"]],
  "test:chain": [["packages/chain/src/contract/main.ts"]],
  "test:long": [[vitest, "run", "--config", "tooling/vitest/long.config.ts"]],
  soak: [["--expose-gc", "apps/validator/src/simnet/soak.ts"]],
  bench: [[vitest, "bench", "--run"]],
  format: [[biome, "check", "--write"]],
  lint: [[bin("oxlint", "bin/oxlint")]],
  typecheck: [[turbo[1], "run", "typecheck"]],
  build: [[turbo[1], "run", "build"]],
  check: [
    [biome, "ci"],
    [bin("oxlint", "bin/oxlint")],
    [turbo[1], "run", "typecheck", "--output-logs=errors-only"],
    [vitest, "run", "--project", "@assay/boundaries"],
  ],
};
