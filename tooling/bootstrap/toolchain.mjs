// Finds, or fetches once, the Node.js and pnpm this repository pins. Needs only Node.js >= 18 and npm.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

const shell = process.platform === "win32";
const major = (version) => Number(version?.trim().replace(/^v/, "").split(".")[0]);

function pinsOf(root) {
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return {
    node: readFileSync(join(root, ".node-version"), "utf8").trim(),
    pnpm: packageManager.match(/^pnpm@([^+]+)/)[1],
  };
}

function versionOf(name, PATH) {
  return spawnSync(name, ["--version"], { encoding: "utf8", shell, env: { ...process.env, PATH } }).stdout;
}

function missingFrom(PATH, pins) {
  const missing = [];
  if (!(major(versionOf("node", PATH)) >= major(pins.node))) missing.push(`node@${pins.node}`);
  if (major(versionOf("pnpm", PATH)) !== major(pins.pnpm)) missing.push(`pnpm@${pins.pnpm}`);
  return missing;
}

function fetchFromRegistry(root, packages) {
  console.error(`Fetching ${packages.join(" and ")} (once) ...`);
  const args = ["exec", "--yes", "--loglevel=error", ...packages.map((name) => `--package=${name}`)];
  const found = spawnSync("npm", [...args, "--", "node", "-p", "process.env.PATH"], {
    cwd: root,
    encoding: "utf8",
    shell,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (found.status === 0) return found.stdout.trim();
  console.error(`Could not fetch ${packages.join(" and ")} from the npm registry.`);
  process.exit(1);
}

/** The folders npm put in front, without those of the package script that called us. */
function addedTo(PATH, found) {
  const known = new Set(PATH.split(delimiter));
  return found.split(delimiter).filter((folder) => !known.has(folder) && existsSync(folder));
}

/** Returns a PATH on which `node` and `pnpm` are the pinned ones; remembers what was fetched in `.cache/`. */
export function toolchainPath(root) {
  const pins = pinsOf(root);
  const memory = join(root, ".cache", "toolchain.json");
  if (existsSync(memory)) {
    const { pins: seen, folders } = JSON.parse(readFileSync(memory, "utf8"));
    const same = JSON.stringify(seen) === JSON.stringify(pins);
    if (same && folders.every((folder) => existsSync(folder)))
      return [...folders, process.env.PATH].join(delimiter);
  }
  const missing = missingFrom(process.env.PATH, pins);
  const folders = missing.length === 0 ? [] : addedTo(process.env.PATH, fetchFromRegistry(root, missing));
  const PATH = [...folders, process.env.PATH].join(delimiter);
  const still = missingFrom(PATH, pins);
  if (still.length > 0) {
    console.error(`The npm registry answered, but ${still.join(" and ")} cannot be started.`);
    process.exit(1);
  }
  mkdirSync(dirname(memory), { recursive: true });
  writeFileSync(memory, JSON.stringify({ pins, folders }));
  return PATH;
}
