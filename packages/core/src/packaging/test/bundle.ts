import { fileURLToPath } from "node:url";
import { build, type Rolldown } from "vite";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
/** Answered by the plugin; no such file exists. */
const ENTRY = `${ROOT}bundle-entry.ts`;

/** A minified script for browsers: its text, and the files of which some code is left in it. */
export type Bundle = { readonly code: string; readonly modules: readonly string[] };

/** Bundles a module that may import `@assay/core`, as a web application would. */
export async function bundle(source: string): Promise<Bundle> {
  const result = await build({
    root: ROOT,
    configFile: false,
    logLevel: "silent",
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === ENTRY ? { id: ENTRY, moduleSideEffects: true } : undefined),
        load: (id) => (id === ENTRY ? source : undefined),
      },
    ],
    resolve: { alias: { "@assay/core": `${ROOT}src/index.ts` } },
    build: {
      write: false,
      minify: true,
      target: "es2024",
      lib: { entry: ENTRY, formats: ["iife"], name: "bundle" },
    },
  });
  return onlyChunk(Array.isArray(result) ? result : [result]);
}

function onlyChunk(results: readonly unknown[]): Bundle {
  const chunks = results.flatMap((result) => (isOutput(result) ? result.output : []));
  const [chunk] = chunks;
  if (chunks.length !== 1 || chunk?.type !== "chunk") throw new Error("the bundle is not one script");
  const rendered = Object.entries(chunk.modules).filter(
    ([id, { code }]) => id !== ENTRY && code !== null && code !== "",
  );
  return { code: chunk.code, modules: rendered.map(([id]) => id.replaceAll("\\", "/")) };
}

function isOutput(result: unknown): result is Rolldown.RolldownOutput {
  return typeof result === "object" && result !== null && "output" in result;
}
