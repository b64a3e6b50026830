import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readSettings, SettingsGiven, workingDuties } from "./env.ts";
import { variable, variablesOf } from "./names.ts";

const FILE = new URL("./env.test.ts", import.meta.url).pathname;
const NAMES = Object.keys(SettingsGiven.shape);
const COMPLETE = {
  ASSAY_BACKEND_URL: "http://127.0.0.1:3000",
  ASSAY_API_KEY_FILE: FILE,
  ASSAY_CHAIN_URL: "ws://127.0.0.1:9944",
  ASSAY_NETUID: "2",
  ASSAY_HOTKEY_FILE: FILE,
};

test(".env.example names every setting and nothing else", () => {
  const example = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
  const named = [...example.matchAll(/^(ASSAY_[A-Z_]+)=/gm)].map(([, name]) => name);
  expect(named).toEqual(NAMES.map(variable));
});

test("README.md and .env.example know every name of every setting", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const example = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
  for (const name of NAMES.flatMap(variablesOf)) expect(readme + example).toContain(name);
  for (const name of NAMES) expect(readme).toContain(`\`${variable(name)}\``);
});

test("what may be left out has a default", () => {
  expect(readSettings([], COMPLETE)).toEqual({
    backendUrl: "http://127.0.0.1:3000",
    apiKeyFile: FILE,
    chainUrl: ["ws://127.0.0.1:9944"],
    netuid: 2,
    mechid: 0,
    hotkeyFile: FILE,
    home: ".assay",
    duties: ["weights", "evaluate"],
    authority: null,
    sharedHotkey: false,
    verify: "off",
    maxChange: null,
    metricsPort: null,
    metricsHost: "127.0.0.1",
    evaluatorPort: null,
    evaluatorHost: "127.0.0.1",
    joinSecretFile: null,
    localEvaluator: "spare",
    spotCheck: 2,
    logLevel: "info",
    reconnectPauseMs: 1_000,
  });
});

test("a flag goes over the environment, an empty variable is none", () => {
  const settings = readSettings(["--duties", "weights", "--netuid=7"], { ...COMPLETE, ASSAY_HOME: "" });
  expect(settings).toMatchObject({ duties: ["weights"], netuid: 7, home: ".assay" });
});

test("the Python SDK's names serve as well, below our own", () => {
  const { ASSAY_NETUID: _, ASSAY_CHAIN_URL: __, ASSAY_HOTKEY_FILE: ___, ...ours } = COMPLETE;
  const wallets = mkdtempSync(join(tmpdir(), "assay-wallets-"));
  mkdirSync(join(wallets, "v", "hotkeys"), { recursive: true });
  const hotkeyFile = join(wallets, "v", "hotkeys", "h1");
  writeFileSync(hotkeyFile, "//Alice");
  const theirs = { BT_NETUID: "9", BT_WALLET_NAME: "v", BT_WALLET_PATH: wallets, BT_WALLET_HOTKEY: "other" };
  const flags = ["--wallet.hotkey", "h1", "--subtensor.network", "test"];
  const settings = readSettings(flags, { ...ours, ...theirs, BT_SUBTENSOR_CHAIN_ENDPOINT: "" });
  expect(settings).toMatchObject({
    netuid: 9,
    hotkeyFile,
    chainUrl: ["wss://test.finney.opentensor.ai:443"],
  });
  const endpoint = ["--subtensor.chain_endpoint=ws://mine:9944", ...flags];
  expect(readSettings(endpoint, { ...ours, ...theirs }).chainUrl).toEqual(["ws://mine:9944"]);
  expect(readSettings(flags, { ...ours, ...theirs, ASSAY_NETUID: "3" }).netuid).toBe(3);
  rmSync(wallets, { recursive: true });
});

test("a wallet or network named by a flag is never overruled by the environment", () => {
  const wallets = mkdtempSync(join(tmpdir(), "assay-wallets-"));
  mkdirSync(join(wallets, "v", "hotkeys"), { recursive: true });
  const hotkeyFile = join(wallets, "v", "hotkeys", "default");
  writeFileSync(hotkeyFile, "//Alice");
  const flags = ["--wallet.name", "v", "--subtensor.network", "test"];
  const settings = readSettings(flags, { ...COMPLETE, BT_WALLET_PATH: wallets });
  expect(settings).toMatchObject({ hotkeyFile, chainUrl: ["wss://test.finney.opentensor.ai:443"] });
  rmSync(wallets, { recursive: true });
});

test("a network may be an address, and nothing else without a name", () => {
  const network = (name: string) => readSettings(["--subtensor.network", name], COMPLETE).chainUrl;
  expect(network("ws://10.0.0.1:9944")).toEqual(["ws://10.0.0.1:9944"]);
  expect(() => network("mainnet")).toThrow(/expected finney, test/);
});

test("a change limit is per cent, a shared hotkey yes or no", () => {
  const settings = readSettings(["--max-change", "12.5", "--shared-hotkey=yes"], COMPLETE);
  expect(settings).toMatchObject({ maxChange: 125_000_000, sharedHotkey: true });
  for (const wrong of ["101", "-1", "much"])
    expect(() => readSettings([`--max-change=${wrong}`], COMPLETE)).toThrow("MAX_CHANGE");
});

test("challenge may be named, but alone there is nothing to do for it; what is no duty is refused", () => {
  const { duties } = readSettings(["--duties", "weights,evaluate,challenge"], COMPLETE);
  expect(duties).toEqual(["weights", "evaluate", "challenge"]);
  expect(workingDuties(duties)).toEqual(["weights", "evaluate"]);
  expect(() => readSettings(["--duties", "challenge"], COMPLETE)).toThrow(/name weights or evaluate/);
  expect(() => readSettings(["--duties", "weights,mine"], COMPLETE)).toThrow('"mine" is no duty');
});

test("evaluators join with a secret only, and somebody must be there to evaluate", () => {
  const port = ["--evaluator-port", "9102"];
  expect(() => readSettings(port, COMPLETE)).toThrow(/JOIN_SECRET_FILE .*required with --evaluator-port/);
  expect(() => readSettings(["--local-evaluator=never"], COMPLETE)).toThrow(/nobody else can evaluate/);
  const settings = readSettings([...port, "--local-evaluator=never", "--join-secret-file", FILE], COMPLETE);
  expect(settings).toMatchObject({ evaluatorPort: 9102, joinSecretFile: FILE, localEvaluator: "never" });
});

test("lists are separated by commas", () => {
  const settings = readSettings(["--chain-url", "ws://one:9944, wss://two", "--duties=evaluate"], COMPLETE);
  expect(settings).toMatchObject({ chainUrl: ["ws://one:9944", "wss://two"], duties: ["evaluate"] });
});

test("every problem is reported at once", () => {
  const wrong = {
    ...COMPLETE,
    ASSAY_CHAIN_URL: "http://x",
    ASSAY_NETUID: "65536",
    ASSAY_HOTKEY_FILE: "/none",
  };
  const report = () => readSettings(["--duties", "mine"], { ...wrong, ASSAY_BACKEND_URL: undefined });
  expect(report).toThrow(expect.objectContaining({ code: "VALIDATOR_SETTINGS_INVALID" }));
  for (const name of ["BACKEND_URL", "CHAIN_URL", "NETUID", "HOTKEY_FILE", "DUTIES"])
    expect(report).toThrow(new RegExp(`ASSAY_${name} `));
  expect(report).toThrow(/ASSAY_BACKEND_URL \(--backend-url\): is required/);
});

test.each([["--unknown"], ["surplus"], ["--netuid"]])("the argument %s alone is refused", (argument) => {
  expect(() => readSettings([argument], COMPLETE)).toThrow(
    expect.objectContaining({ code: "VALIDATOR_SETTINGS_INVALID" }),
  );
});
