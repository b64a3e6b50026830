import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { entries } from "./entries.ts";
import { DEVELOPMENT_ACCOUNTS } from "./genesis/development.ts";

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

test.each([
  ["--state", "not a chain", 1, "saved state: line 1 is no JSON object"],
  ["--metadata", "not a metadata", 1, "the metadata does not decode"],
  ["--load", "[]", 1, "genesis"],
])(
  "%s with a file of something else ends with one line",
  async (flag, text, code, line) => {
    const file = join(folder, "wrong");
    await writeFile(file, text);
    const ended = await ending(run(flag, file, "--port", "0"));
    expect(ended.code).toBe(code);
    expect(ended.stderr.split("\n")).toEqual([expect.stringContaining(line), ""]);
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

test(
  "a genesis that is no JSON fails with one line and 1",
  async () => {
    const file = join(folder, "broken.json");
    await writeFile(file, "{");
    const ended = await ending(run("--genesis", file, "--port", "0"));
    expect(ended).toEqual({ code: 1, stderr: "genesis: is no JSON\n" });
  },
  PATIENCE_MS,
);

test(
  "an unknown flag is a usage error",
  async () => {
    const { code, stderr } = await ending(run("--nope"));
    expect(code).toBe(2);
    expect(stderr).toMatch(/^Unknown option '--nope'/);
  },
  PATIENCE_MS,
);
