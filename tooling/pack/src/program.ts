import { join } from "node:path";
import { build } from "tsdown";
import { namedEntries, outputName } from "./entries.ts";
import { licenses } from "./licenses.ts";

/**
 * Builds the command line with everything it runs into one folder that needs no other package.
 *
 * Bundled, it starts several times faster than from a thousand small files, and runs exactly the versions that were tested.
 */
export async function buildProgram(folder: string): Promise<void> {
  await build({
    cwd: folder,
    config: false,
    entry: { main: "src/main.ts", ...(await namedEntries(folder)), ...(await agentEntries(folder)) },
    outDir: "dist",
    format: "esm",
    platform: "node",
    target: "node24",
    fixedExtension: false,
    dts: false,
    plugins: [licenses()],
    deps: { alwaysBundle: [/.*/] },
    // All entries.ts lie in one chunk at the top, from where their relative addresses lead to the entries above.
    outputOptions: { codeSplitting: { groups: [{ name: "entries", test: /\/src\/entries\.ts$/ }] } },
    logLevel: "warn",
  });
}

/** The sandbox of agents, under the paths at which the evaluator's `entries.ts` looks for it. */
async function agentEntries(folder: string): Promise<Record<string, string>> {
  const evaluator = join(folder, "../../packages/evaluator");
  const files = Object.values(await namedEntries(evaluator));
  return Object.fromEntries(files.map((file) => [outputName(evaluator, file), file]));
}
