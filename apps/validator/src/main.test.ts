import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { formatToken } from "@assay/core";
import { type Devnet, developmentGenesis, startDevnet } from "@assay/devnet";
import { entries } from "@assay/evaluator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readCommandLine } from "./command-line.ts";
import { performOffline } from "./commands/offline.ts";
import { performOnline } from "./commands/online.ts";
import { VALIDATOR_MAIN } from "./entries.ts";
import { LOG } from "./log-messages.ts";

let devnet: Devnet;
let folder: string;
const processes: ChildProcessWithoutNullStreams[] = [];

beforeAll(async () => {
  devnet = await startDevnet({ genesis: developmentGenesis(), port: 0, blockMs: 100 });
  folder = mkdtempSync(join(tmpdir(), "assay-validator-"));
  const token = formatToken("key_01900000-0000-7000-8000-000000000000", new Uint8Array(32));
  writeFileSync(join(folder, "token"), token, { mode: 0o600 });
  writeFileSync(join(folder, "hotkey"), "//Bob//hotkey", { mode: 0o600 });
});

afterAll(async () => {
  processes.forEach((one) => one.kill("SIGKILL"));
  await devnet.close();
  rmSync(folder, { recursive: true });
});

/** Starts the app as an operator does; nothing listens where it is told the backend is. */
function start(about: Record<string, string> = {}) {
  const child = spawn(process.execPath, [VALIDATOR_MAIN.pathname], {
    env: {
      PATH: process.env["PATH"],
      ASSAY_BACKEND_URL: "http://127.0.0.1:9",
      ASSAY_API_KEY_FILE: join(folder, "token"),
      ASSAY_CHAIN_URL: devnet.url,
      ASSAY_NETUID: "1",
      ASSAY_HOTKEY_FILE: join(folder, "hotkey"),
      ASSAY_HOME: join(folder, "home"),
      ...about,
    },
  });
  processes.push(child);
  const log: Record<string, unknown>[] = [];
  const stderr: string[] = [];
  createInterface(child.stderr).on("line", (line) => {
    stderr.push(line);
    if (line.startsWith("{")) log.push(JSON.parse(line));
  });
  const stdout = createInterface(child.stdout);
  const ended = once(child, "close").then(([code]) => code as number | null);
  return {
    child,
    log,
    stderr,
    ended,
    ready: once(stdout, "line").then(([line]) => JSON.parse(String(line))),
  };
}

test("it says it is ready, refuses a second process, and stops when asked", async () => {
  const first = start({ ASSAY_DUTIES: "weights,evaluate,challenge" });
  expect(await first.ready).toMatchObject({
    ready: true,
    app: "validator",
    genesis: devnet.genesisHash,
    netuid: 1,
    duties: ["weights", "evaluate"],
  });
  const second = start();
  expect(await second.ended).toBe(3);
  expect(second.log.at(-1)).toMatchObject({ msg: LOG.cannotRun, code: "VALIDATOR_JOURNAL_LOCKED" });
  first.child.kill("SIGTERM");
  expect(await first.ended).toBe(0);
  expect(first.log.at(-1)).toMatchObject({ msg: LOG.stopped });
  expect(first.log.map(({ msg }) => msg)).toContain(LOG.nothingToChallenge);
}, 300_000);

/** What a command prints and ends with. */
async function answered(args: readonly string[]) {
  const text: string[] = [];
  const { signal } = new AbortController();
  const code = await performOffline(readCommandLine(args), { signal, write: (part) => text.push(part) });
  return { code, text: text.join("") };
}

test("an operator sees, pauses and moves a validator with commands", async () => {
  const home = join(folder, "operated");
  const place = [`--home=${home}`, `--hotkey-file=${join(folder, "hotkey")}`];
  const running = start({ ASSAY_HOME: home, ASSAY_METRICS_PORT: "0" });
  const { metricsPort } = await running.ready;
  const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  expect(metrics).toContain("assay_validator_build_info");
  expect(await answered(["pause", "a look around", ...place])).toEqual({
    code: 0,
    text: "pause: stands in the journal\n",
  });
  const { text } = await answered(["status", "--json", ...place]);
  expect(JSON.parse(text)).toMatchObject({ isRunning: true, status: { pid: running.child.pid } });
  const file = join(folder, "moved.journal");
  await expect(answered(["export", file, ...place])).rejects.toMatchObject({
    code: "VALIDATOR_JOURNAL_LOCKED",
  });
  running.child.kill("SIGTERM");
  expect(await running.ended).toBe(0);
  expect(await answered(["status", ...place])).toMatchObject({ code: 1 });
  expect(await answered(["export", file, ...place])).toMatchObject({ code: 0 });
  const there = [`--home=${join(folder, "there")}`, ...place.slice(1)];
  expect(await answered(["import", file, ...there])).toMatchObject({ code: 0 });
  expect(await answered(["resume", ...there])).toMatchObject({ text: "resume: stands in the journal\n" });
}, 300_000);

test("an evaluator without any key joins it, and leaves when asked", async () => {
  const secret = join(folder, "join.secret");
  writeFileSync(secret, "0123456789abcdef".repeat(4), { mode: 0o600 });
  const validator = start({
    ASSAY_HOME: join(folder, "joined"),
    ASSAY_METRICS_PORT: "0",
    ASSAY_EVALUATOR_PORT: "0",
    ASSAY_JOIN_SECRET_FILE: secret,
  });
  const { metricsPort, evaluatorPort } = await validator.ready;
  const args = [fileURLToPath(entries.join), "--join", `ws://127.0.0.1:${evaluatorPort}`];
  const evaluator = spawn(process.execPath, args, { env: { ASSAY_JOIN_SECRET_FILE: secret } });
  processes.push(evaluator);
  const [line] = await once(createInterface(evaluator.stdout), "line");
  expect(JSON.parse(String(line))).toMatchObject({ ready: true, app: "evaluator" });
  const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  expect(metrics).toMatch(/^assay_validator_evaluators 1$/m);
  evaluator.kill("SIGTERM");
  expect((await once(evaluator, "exit"))[0]).toBe(0);
  validator.child.kill("SIGTERM");
  expect(await validator.ended).toBe(0);
  expect(validator.log.map(({ msg }) => msg)).toEqual(
    expect.arrayContaining([LOG.evaluatorJoined, LOG.evaluatorLeft]),
  );
}, 300_000);

test("a doctor that finds something says so with its exit code", async () => {
  const settings = [`--home=${folder}`, `--hotkey-file=${join(folder, "hotkey")}`, "--netuid=1"];
  const reach = [`--chain-url=${devnet.url}`, "--backend-url=http://127.0.0.1:9"];
  const text: string[] = [];
  const { signal } = new AbortController();
  const line = readCommandLine(["doctor", ...settings, ...reach, `--api-key-file=${join(folder, "token")}`]);
  expect(await performOnline(line, { signal, write: (part) => text.push(part) })).toBe(1);
  expect(text.join("")).toMatch(/^pass {2}chain /m);
  expect(text.join("")).toMatch(/^FAIL {2}backend /m);
}, 300_000);

test("a journal that is gone holds it for safety", async () => {
  const home = join(folder, "gone");
  const first = start({ ASSAY_HOME: home });
  await first.ready;
  first.child.kill("SIGKILL");
  await first.ended;
  rmSync(join(home, "validator", "journal.sqlite"));
  const second = start({ ASSAY_HOME: home });
  expect(await second.ended).toBe(3);
  expect(second.log.at(-1)).toMatchObject({ code: "VALIDATOR_JOURNAL_GONE" });
}, 300_000);

test("wrong settings are told at once, with their exit code", async () => {
  const wrong = start({ ASSAY_NETUID: "", ASSAY_CHAIN_URL: "nowhere", ASSAY_API_KEY_FILE: "/none" });
  expect(await wrong.ended).toBe(78);
  expect(wrong.stderr.join("\n")).toMatch(/API_KEY_FILE[\s\S]*CHAIN_URL[\s\S]*NETUID/);
  const noKey = start({ ASSAY_API_KEY_FILE: join(folder, "hotkey") });
  expect(await noKey.ended).toBe(78);
}, 300_000);

test("a stop is heard while the chain is unreachable", async () => {
  const unreachable = { ASSAY_CHAIN_URL: "ws://127.0.0.1:9", ASSAY_LOG_LEVEL: "debug" };
  const waiting = start({ ...unreachable, ASSAY_HOME: join(folder, "waiting") });
  await once(waiting.child.stderr, "data");
  waiting.child.kill("SIGTERM");
  expect(await waiting.ended).toBe(0);
  expect(waiting.log.map(({ msg }) => msg)).toEqual([LOG.connecting, LOG.stopping, LOG.stopped]);
}, 300_000);
