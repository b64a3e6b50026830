import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { signerFromUri } from "@assay/chain/wallet";
import { formatToken, parseToken } from "@assay/core";
import { type Devnet, developmentGenesis, startDevnet } from "@assay/devnet";
import { afterAll, beforeAll, expect, test } from "vitest";
import { VALIDATOR_MAIN } from "./entries.ts";
import { LOG } from "./log-messages.ts";

const newCanary = (): string => `canary${randomBytes(16).toString("hex")}`;
const token = formatToken("key_01900000-0000-7000-8000-000000000000", randomBytes(32));
const CANARIES = {
  hotkey: newCanary(),
  apiKey: parseToken(token)?.secret ?? "",
  joinSecret: newCanary(),
  chainKey: newCanary(),
  chainPassword: newCanary(),
};

const folder = mkdtempSync(join(tmpdir(), "assay-canary-"));
let devnet: Devnet;
let child: ChildProcess | undefined;

beforeAll(async () => {
  const { address } = await signerFromUri(`//${CANARIES.hotkey}`);
  devnet = await startDevnet({ genesis: genesisWith(address), port: 0, blockMs: 100 });
}, 120_000);
afterAll(async () => {
  child?.kill("SIGKILL");
  await devnet.close();
  rmSync(folder, { recursive: true });
});

/** The development subnet, with another hotkey in the place of its first validator. */
function genesisWith(hotkey: string) {
  const genesis = developmentGenesis();
  const at = (neurons: readonly { validatorPermit?: boolean }[]) =>
    neurons.findIndex(({ validatorPermit }) => validatorPermit === true);
  const subnets = genesis.subnets.map((subnet) => ({
    ...subnet,
    neurons: subnet.neurons.map((neuron, index) =>
      index === at(subnet.neurons) ? { ...neuron, hotkey } : neuron,
    ),
  }));
  return { ...genesis, subnets };
}

function secretFile(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

function environment(): Record<string, string> {
  const chain = new URL(`${devnet.url}/?apikey=${CANARIES.chainKey}`);
  [chain.username, chain.password] = ["me", CANARIES.chainPassword];
  return {
    PATH: process.env["PATH"] ?? "",
    ASSAY_BACKEND_URL: "http://127.0.0.1:9",
    ASSAY_API_KEY_FILE: secretFile("token", token),
    ASSAY_HOTKEY_FILE: secretFile("hotkey", `//${CANARIES.hotkey}`),
    ASSAY_JOIN_SECRET_FILE: secretFile("join.secret", CANARIES.joinSecret),
    ASSAY_CHAIN_URL: chain.href,
    ASSAY_NETUID: "1",
    ASSAY_HOME: join(folder, "home"),
    ASSAY_EVALUATOR_PORT: "0",
    ASSAY_METRICS_PORT: "0",
    ASSAY_LOG_LEVEL: "debug",
  };
}

/** A validator, everything it has said, and a wait for what it is still to say. */
function start() {
  const started = spawn(process.execPath, [VALIDATOR_MAIN.pathname], { env: environment() });
  child = started;
  let [said, wake] = ["", () => {}];
  const hear = (text: string) => {
    said += text;
    wake();
  };
  started.stdout.setEncoding("utf8").on("data", hear);
  started.stderr.setEncoding("utf8").on("data", hear);
  const ready = once(createInterface(started.stdout), "line").then(([line]) => JSON.parse(String(line)));
  const heard = async (text: string) => {
    while (!said.includes(text)) await new Promise<void>((resolve) => (wake = resolve));
  };
  return { started, ready, heard, ended: once(started, "close").then(() => said) };
}

async function answerOf(port: number, path: string, headers: Record<string, string> = {}): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
  return `${JSON.stringify([...answer.headers])} ${await answer.text()}`;
}

/** What it has written beside its journal, and the journal itself. */
function files(): string[] {
  const names = globSync("home/**/*", { cwd: folder }).map((name) => join(folder, name));
  return names.filter((name) => statSync(name).isFile()).map((name) => readFileSync(name, "latin1"));
}

test("no secret leaves the validator, while its backend and those who would join it fail", async () => {
  const { started, ready, heard, ended } = start();
  const { metricsPort, evaluatorPort } = await ready;
  await heard(LOG.dutyFailed);
  const bearing = { authorization: `Bearer ${CANARIES.joinSecret}` };
  const answers = [
    await answerOf(metricsPort, "/metrics"),
    await answerOf(metricsPort, "/health"),
    await answerOf(metricsPort, `/no/such?token=${token}`),
    await answerOf(evaluatorPort, "/", bearing),
    await answerOf(evaluatorPort, "/join", { authorization: `${bearing.authorization}x` }),
  ];
  started.kill("SIGTERM");
  const said = await ended;
  expect(said).toContain(LOG.stopped);
  expect(said).toContain('"url":["ws://127.0.0.1');
  expect(answers[0]).toContain("assay_validator_build_info");
  const written = files();
  expect(written.length).toBeGreaterThan(1);
  for (const text of [said, ...answers, ...written])
    expect(Object.entries(CANARIES).filter(([, secret]) => text.includes(secret))).toEqual([]);
}, 120_000);
