import { join } from "node:path";
import { build } from "tsdown";
import { writeDeclarations } from "./declarations.ts";
import { entriesOf } from "./entries.ts";
import { exportedSources, type Manifest } from "./manifest.ts";

/** Builds a library: one file of JavaScript and one of declarations for each source file, in the same folders. */
export async function buildLibrary(folder: string, manifest: Manifest): Promise<void> {
  const exported = exportedSources(manifest);
  await build({
    cwd: folder,
    config: false,
    entry: [...exported, ...(await entriesOf(folder))],
    root: join(folder, "src"),
    outDir: "dist",
    format: "esm",
    platform: "node",
    target: "es2024",
    unbundle: true,
    fixedExtension: false,
    dts: false,
    logLevel: "warn",
  });
  writeDeclarations(folder, exported);
}
