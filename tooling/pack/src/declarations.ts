import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const compiler = fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url));

/** Writes the declarations of some source files, and of what they import of their own package, to `dist`. */
export function writeDeclarations(folder: string, files: readonly string[]): void {
  const project = join(folder, ".cache", "declarations.json");
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    incremental: false,
    rootDir: join(folder, "src"),
    outDir: join(folder, "dist"),
  };
  const extended = join(folder, "tsconfig.json");
  const sources = files.map((file) => join(folder, file));
  mkdirSync(join(folder, ".cache"), { recursive: true });
  writeFileSync(project, JSON.stringify({ extends: extended, compilerOptions, include: [], files: sources }));
  execFileSync(process.execPath, [compiler, "-p", project], { cwd: folder, stdio: ["ignore", 2, 2] });
}
