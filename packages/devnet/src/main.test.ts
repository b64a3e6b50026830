import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { entries } from "./entries.ts";
import { DEVELOPMENT_ACCOUNTS } from "./genesis/development.ts";
import { runDevnet } from "./run.ts";

/** Starting a process takes seconds on a loaded machine. */
const PATIENCE_MS = 60_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-devnet-"));
});
afterAll(() => rm(folder, { recursive: true }));

function run(...args: string[]): ChildProcess {
  return spawn(process.execPath, [fileURLToPath(entries.main), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function readyLine(child: ChildProcess): Promise<{ ready: boolean; url: string; port: number }> {
  const [line] = await once(createInterface({ input: child.stdout! }), "line");
  return JSON.parse(String(line));
}

async function ending(child: ChildProcess): Promise<{ code: unknown; stderr: string }> {
  let stderr = "";
  child.stderr!.on("data", (data) => {
    stderr += String(data);
  });
  const [code, signal] = await once(child, "exit");
  return { code: code ?? signal, stderr };
}

test(
  "one ready line names the endpoint; SIGTERM ends the process with 0",
  async () => {
    const { alice } = DEVELOPMENT_ACCOUNTS;
    const file = join(folder, "genesis.json");
    const genesis = { chainName: "From a file", sudo: alice.coldkey, balances: {}, subnets: [] };
    await writeFile(file, JSON.stringify(genesis));
    const child = run("--genesis", file, "--port", "0", "--block-ms", "0");
    const ended = ending(child);
    const { ready, url, port } = await readyLine(child);
    expect(ready).toBe(true);
    expect(url).toBe(`ws://127.0.0.1:${port}`);
    const socket = new WebSocket(url);
    await once(socket, "open");
    socket.send('{"id":1,"method":"system_chain"}');
    const [answer] = await once(socket, "message");
    expect(JSON.parse(String(answer)).result).toBe("From a file");
    child.kill("SIGTERM");
    expect((await ended).code).toBe(0);
  },
  PATIENCE_MS,
);

test(
  "a clean stop saves the chain, and the next start goes on with it",
  async () => {
    const state = join(folder, "chain.jsonl");
    const first = run("--port", "0", "--block-ms", "20", "--blocks", "2", "--state", state);
    expect((await ending(first)).code).toBe(0);
    const second = run("--port", "0", "--block-ms", "20", "--blocks", "2", "--state", state);
    expect((await ending(second)).code).toBe(0);
    const lines = (await readFile(state, "utf8")).trim().split("\n");
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ number: lines.length - 2 });
    expect(lines.length).toBeGreaterThanOrEqual(6);
  },
  PATIENCE_MS,
);

test(
  "SIGINT ends it with 130",
  async () => {
    const child = run("--port", "0");
    const ended = ending(child);
    await readyLine(child);
    child.kill("SIGINT");
    expect((await ended).code).toBe(130);
  },
  PATIENCE_MS,
);

test(
  "--blocks stops after that many blocks",
  async () => {
    const child = run("--port", "0", "--block-ms", "20", "--blocks", "3");
    expect((await ending(child)).code).toBe(0);
  },
  PATIENCE_MS,
);

/** The process without its own process: what it would exit with, and what it said on stderr. */
async function refused(...args: string[]): Promise<{ code: number; stderr: string }> {
  let stderr = "";
  const spy = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    stderr += String(text);
    return true;
  });
  const code = await runDevnet([...args, "--port", "0"]).finally(() => spy.mockRestore());
  return { code, stderr };
}

test.each([
  ["--state", "not a chain", "saved state: line 1 is no JSON object"],
  ["--metadata", "not a metadata", "the metadata does not decode"],
  ["--load", "[]", "genesis"],
  ["--genesis", "{", "genesis: is no JSON"],
])("%s with a file of something else ends with one line and 1", async (flag, text, line) => {
  const file = join(folder, "wrong");
  await writeFile(file, text);
  const { code, stderr } = await refused(flag, file);
  expect(code).toBe(1);
  expect(stderr.split("\n")).toEqual([expect.stringContaining(line), ""]);
});

test.each(["--genesis", "--load", "--metadata"])(
  "%s with a file that is not there is a usage error",
  async (flag) => {
    const file = join(folder, "absent");
    expect(await refused(flag, file)).toEqual({ code: 2, stderr: `cannot read ${file}\n` });
  },
);

test("an unknown flag is a usage error", async () => {
  const { code, stderr } = await refused("--nope");
  expect(code).toBe(2);
  expect(stderr).toMatch(/^Unknown option '--nope'/);
});
