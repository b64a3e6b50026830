#!/usr/bin/env node
// Runs a root task with the pinned Node.js and pnpm, after installing what is missing. Output of all set-up goes to stderr.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { tasks } from "./tasks.mjs";
import { toolchainPath } from "./toolchain.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const [task = "install", ...rest] = process.argv.slice(2);
const commands = tasks[task];
if (!commands) {
  console.error(`Unknown task "${task}". One of: ${Object.keys(tasks).join(", ")}.`);
  process.exit(2);
}

const env = { ...process.env, PATH: toolchainPath(root), TURBO_TELEMETRY_DISABLED: "1" };
install();
await runAll();

/** Every manifest that decides what is installed, as one hash. */
function manifestHash() {
  const hash = createHash("sha256");
  const files = ["package.json", "pnpm-workspace.yaml", "pnpm-lock.yaml"];
  for (const group of ["apps", "packages", "tooling"])
    for (const name of readdirSync(join(root, group))) files.push(`${group}/${name}/package.json`);
  for (const file of files)
    if (existsSync(join(root, file))) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

/** `pnpm install`, skipped when the manifests are those of the last successful one. */
function install() {
  const stamp = join(root, "node_modules", ".assay-installed");
  if (task !== "install" && existsSync(stamp) && readFileSync(stamp, "utf8") === manifestHash()) return;
  const args = ["install", ...(task === "install" ? rest : ["--frozen-lockfile"])];
  const done = spawnSync("pnpm", args, {
    cwd: root,
    env,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (done.status !== 0) process.exit(done.status ?? 1);
  writeFileSync(stamp, manifestHash());
}

async function runAll() {
  for (const [index, command] of commands.entries()) {
    const code = await run([...command, ...(index === commands.length - 1 ? rest : [])]);
    if (code !== 0) process.exit(code);
  }
}

/** Runs one command in the caller's terminal, hands signals on and answers with its exit code. */
function run(args) {
  return new Promise((resolve) => {
    const child = spawn("node", args, { cwd: root, env, stdio: "inherit" });
    const handOn = (signal) => child.kill(signal);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, handOn);
    child.on("exit", (code, signal) => {
      for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.off(name, handOn);
      resolve(code ?? (signal === "SIGINT" ? 130 : 1));
    });
  });
}
