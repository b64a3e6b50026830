import { globSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root, succeed } from "./run.ts";

/**
 * Packs `@assay/core` and `assay` as they would be published and installs them into an empty folder outside of the workspace.
 *
 * The one dependency comes from the workspace's own installation, so that no registry is asked.
 */
export async function installPacked(): Promise<string> {
  // The real path: where the folder for temporary files is a link, npm would see two.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "assay-packed-")));
  const tarballs = join(folder, "tarballs");
  const app = join(folder, "app");
  for (const path of [tarballs, app]) mkdirSync(path);
  // One after the other: the machine has few cores, and the command line bundles what core builds from.
  for (const path of ["packages/core", "apps/cli", "packages/core/node_modules/zod"])
    await succeed("pnpm", ["pack", "--pack-destination", tarballs], realpathSync(join(root, path)));
  writeFileSync(
    join(app, "package.json"),
    JSON.stringify({ name: "stranger", private: true, type: "module" }),
  );
  const files = globSync("*.tgz", { cwd: tarballs }).map((file) => join(tarballs, file));
  const quiet = ["--offline", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund"];
  await succeed("npm", ["install", ...quiet, ...files], app);
  return app;
}
