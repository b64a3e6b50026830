#!/usr/bin/env node
// Asks the registry for known weaknesses of what the lock file names, and holds the licences of what ships against a list.
import { spawnSync } from "node:child_process";

const shell = process.platform === "win32";
/** What may ship inside an MIT-licensed package as long as its text goes along, which packing sees to. */
const LICENCES = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"];

const found = [hasWeaknesses(), hasForeignLicences()];
process.exit(found.includes(true) ? 1 : 0);

/** Tools count as well: they run where packages are built. No answer is no good news. */
function hasWeaknesses() {
  const { status } = spawnSync("pnpm", ["audit", "--audit-level", "high"], { stdio: "inherit", shell });
  return status !== 0;
}

function hasForeignLicences() {
  const args = ["-r", "licenses", "list", "--prod", "--json"];
  const { status, stdout } = spawnSync("pnpm", args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", 2],
    shell,
  });
  if (status !== 0) return true;
  const byLicence = Object.entries(JSON.parse(stdout));
  const foreign = byLicence.filter(([licence]) => !LICENCES.includes(licence));
  for (const [licence, packages] of foreign)
    console.error(`${licence}: ${packages.map(({ name }) => name).join(", ")}`);
  const count = byLicence.flatMap(([, packages]) => packages).length;
  console.error(
    `${count} packages ship, ${foreign.length === 0 ? "all" : "not all"} under a licence that allows it`,
  );
  return foreign.length > 0 || count === 0;
}
